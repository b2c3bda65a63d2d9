package dev.madeleine.containers;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;

/** Values of session attributes that hear what becomes of them, or that a rule is about. */
final class Values {
  private Values() {}

  /** Writes down what it hears. */
  interface Told extends HttpSessionBindingListener, HttpSessionActivationListener {
    /** The attribute of the servlet context that holds the log. */
    String LOG = ListenerLog.class.getName();

    String label();

    @Override
    default void valueBound(HttpSessionBindingEvent event) {
      tell(event.getSession(), "bound, visible " + visible(event));
    }

    @Override
    default void valueUnbound(HttpSessionBindingEvent event) {
      tell(event.getSession(), "unbound, visible " + visible(event));
    }

    @Override
    default void sessionWillPassivate(HttpSessionEvent event) {
      tell(event.getSession(), "will passivate");
    }

    @Override
    default void sessionDidActivate(HttpSessionEvent event) {
      tell(event.getSession(), "did activate");
    }

    private void tell(HttpSession session, String what) {
      ListenerLog log = (ListenerLog) session.getServletContext().getAttribute(LOG);
      log.add(label() + " " + what);
    }

    @SuppressWarnings("ReferenceEquality") // An object is bound, whatever it equals.
    private Object visible(HttpSessionBindingEvent event) {
      try {
        return event.getSession().getAttribute(event.getName()) == this;
      } catch (IllegalStateException e) {
        return "no more";
      }
    }
  }

  /** A value of a declared type, which travels. */
  record Carried(String label) implements Told {
    @Override
    public String toString() {
      return label;
    }
  }

  /** A value that a rule keeps in its request. */
  record RequestOnly(String label) implements Told {
    @Override
    public String toString() {
      return label;
    }
  }

  /** A value that a rule refuses. */
  record Refused() {}
}
