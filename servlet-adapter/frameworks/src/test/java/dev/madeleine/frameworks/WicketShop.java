package dev.madeleine.frameworks;

import org.apache.wicket.MarkupContainer;
import org.apache.wicket.Page;
import org.apache.wicket.markup.IMarkupResourceStreamProvider;
import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.link.Link;
import org.apache.wicket.markup.html.link.StatelessLink;
import org.apache.wicket.protocol.http.WebApplication;
import org.apache.wicket.protocol.http.WicketFilter;
import org.apache.wicket.util.resource.IResourceStream;
import org.apache.wicket.util.resource.StringResourceStream;

/** An application of Wicket with a page that has state and one that has none. */
public final class WicketShop extends WebApplication {
  @Override
  public Class<? extends Page> getHomePage() {
    return Stateless.class;
  }

  @Override
  protected void init() {
    super.init();
    mountPage("/stateless", Stateless.class);
    mountPage("/stateful", Stateful.class);
  }

  /** The filter of this application. */
  static WicketFilter filter() {
    WicketFilter filter = new WicketFilter(new WicketShop());
    filter.setFilterPath("");
    return filter;
  }

  /** A page with a link; its markup stands here. */
  abstract static class ShopPage extends WebPage implements IMarkupResourceStreamProvider {
    private static final long serialVersionUID = 1;
    private int clicks;

    /** What the link does. */
    final void click() {
      clicks++;
    }

    /** Shows how often the link was clicked. */
    final Label clicks() {
      return new Label("clicks", () -> clicks);
    }

    @Override
    public final IResourceStream getMarkupResourceStream(MarkupContainer page, Class<?> type) {
      return new StringResourceStream(
          "<html><body><b wicket:id='clicks'></b><a wicket:id='link'>more</a></body></html>");
    }
  }

  /** A page that is made anew for each request. */
  public static final class Stateless extends ShopPage {
    private static final long serialVersionUID = 1;

    /** A page nobody has clicked on. */
    public Stateless() {
      add(
          clicks(),
          new StatelessLink<Void>("link") {
            private static final long serialVersionUID = 1;

            @Override
            public void onClick() {
              click();
            }
          });
    }
  }

  /** A page that is kept on the server between two requests. */
  public static final class Stateful extends ShopPage {
    private static final long serialVersionUID = 1;

    /** A page nobody has clicked on. */
    public Stateful() {
      add(
          clicks(),
          new Link<Void>("link") {
            private static final long serialVersionUID = 1;

            @Override
            public void onClick() {
              click();
            }
          });
    }
  }
}
