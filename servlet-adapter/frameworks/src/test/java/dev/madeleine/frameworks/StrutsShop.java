package dev.madeleine.frameworks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.struts2.ActionSupport;
import org.apache.struts2.ServletActionContext;
import org.apache.struts2.action.SessionAware;
import org.apache.struts2.dispatcher.SessionMap;
import org.apache.struts2.interceptor.ScopedModelDriven;
import org.apache.struts2.interceptor.parameter.StrutsParameter;

/**
 * The actions of a Struts application that knows nothing of Madeleine; what they are mapped to is
 * in struts.xml.
 */
public final class StrutsShop {
  private StrutsShop() {}

  /** What all actions have: the session as Struts gives it to them. */
  public abstract static class ShopAction extends ActionSupport implements SessionAware {
    private static final long serialVersionUID = 1;

    /** The session's attributes. */
    protected transient Map<String, Object> session;

    @Override
    public void withSession(Map<String, Object> attributes) {
      session = attributes;
    }

    /** Who is logged in, or nobody. */
    public String getUser() {
      return session.get("user") instanceof String user ? user : "nobody";
    }
  }

  /** A cart that is changed in place. */
  public static final class Cart extends ShopAction {
    private static final long serialVersionUID = 1;
    private String item;

    /** What goes into the cart; nothing if it is not set. */
    @StrutsParameter
    public void setItem(String item) {
      this.item = item;
    }

    @Override
    public String execute() {
      if (session.get("cart") == null) {
        session.put("cart", new ArrayList<String>());
      }
      if (item != null) {
        cart().add(item);
      }
      return SUCCESS;
    }

    /** What is in the cart. */
    public String getItems() {
      return String.join(",", cart());
    }

    @SuppressWarnings("unchecked")
    private List<String> cart() {
      return (List<String>) session.get("cart");
    }
  }

  /** A page for users only; it saves where they wanted to go. */
  public static final class Account extends ShopAction {
    private static final long serialVersionUID = 1;

    @Override
    public String execute() {
      if (session.containsKey("user")) {
        return SUCCESS;
      }
      session.put("returnTo", "/account?" + ServletActionContext.getRequest().getQueryString());
      return LOGIN;
    }

    /** The query of this request. */
    public String getQuery() {
      return ServletActionContext.getRequest().getQueryString();
    }
  }

  /** The login with its message, and the way back to the saved page. */
  public static final class Login extends ShopAction {
    private static final long serialVersionUID = 1;
    private String name = "";
    private String password = "";
    private String returnTo;

    /** The user's name. */
    @StrutsParameter
    public void setName(String name) {
      this.name = name;
    }

    /** The user's password. */
    @StrutsParameter
    public void setPassword(String password) {
      this.password = password;
    }

    @Override
    public String execute() {
      if (!name.equals("marcel") || !password.equals("cake")) {
        addActionError("wrong password for " + name);
        addFieldError("password", "try again");
        return ERROR;
      }
      ServletActionContext.getRequest().getSession();
      ServletActionContext.getRequest().changeSessionId();
      session.put("user", name);
      returnTo = session.remove("returnTo") instanceof String saved ? saved : "/cart";
      addActionMessage("welcome " + name);
      return SUCCESS;
    }

    /** Where the user wanted to go. */
    public String getReturnTo() {
      return returnTo;
    }
  }

  /** A page that shows the messages of the request before. */
  public static final class Messages extends ShopAction {
    private static final long serialVersionUID = 1;

    /** Errors, errors of fields and messages. */
    public String getAll() {
      return getActionErrors() + " " + getFieldErrors() + " " + getActionMessages();
    }
  }

  /** A form of several pages, whose fields the scope interceptor keeps in the session. */
  public static final class Wizard extends ShopAction {
    private static final long serialVersionUID = 1;
    private String flavour = "none";
    private int pieces;

    /** What is ordered. */
    public String getFlavour() {
      return flavour;
    }

    /** What is ordered. */
    @StrutsParameter
    public void setFlavour(String flavour) {
      this.flavour = flavour;
    }

    /** How many are ordered. */
    public int getPieces() {
      return pieces;
    }

    /** How many are ordered. */
    @StrutsParameter
    public void setPieces(int pieces) {
      this.pieces = pieces;
    }
  }

  /** The same with a field that is null at first. */
  public static final class Gift extends ShopAction {
    private static final long serialVersionUID = 1;
    private String flavour;

    /** What is given, null for nothing. */
    public String getFlavour() {
      return flavour;
    }

    /** What is given. */
    @StrutsParameter
    public void setFlavour(String flavour) {
      this.flavour = flavour;
    }
  }

  /** An order as a bean. */
  public static final class Order {
    private String flavour;
    private int pieces;

    /** What is ordered. */
    public String getFlavour() {
      return flavour;
    }

    /** What is ordered. */
    @StrutsParameter
    public void setFlavour(String flavour) {
      this.flavour = flavour;
    }

    /** How many are ordered. */
    public int getPieces() {
      return pieces;
    }

    /** How many are ordered. */
    @StrutsParameter
    public void setPieces(int pieces) {
      this.pieces = pieces;
    }
  }

  /** A form of several pages, whose model is a bean in the session. */
  public static final class ModelWizard extends ShopAction implements ScopedModelDriven<Order> {
    private static final long serialVersionUID = 1;
    private transient Order order;
    private String scopeKey;

    @Override
    @StrutsParameter(depth = 1)
    public Order getModel() {
      return order;
    }

    @Override
    public void setModel(Order order) {
      this.order = order;
    }

    @Override
    public String getScopeKey() {
      return scopeKey;
    }

    @Override
    public void setScopeKey(String key) {
      scopeKey = key;
    }
  }

  /** What the session holds. */
  public static final class Listing extends ShopAction {
    private static final long serialVersionUID = 1;

    /** The names of the attributes. */
    public String getNames() {
      return String.join(",", new TreeSet<>(session.keySet()));
    }
  }

  /** The end of the session. */
  public static final class Logout extends ShopAction {
    private static final long serialVersionUID = 1;

    @Override
    public String execute() {
      ((SessionMap) session).invalidate();
      return SUCCESS;
    }
  }
}
