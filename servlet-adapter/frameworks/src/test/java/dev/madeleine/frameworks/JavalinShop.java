package dev.madeleine.frameworks;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.sse.SseClient;
import io.javalin.security.RouteRole;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** A Javalin application that knows nothing of Madeleine, but for the filter in front of it. */
final class JavalinShop {
  /** Who may see a page. */
  enum Role implements RouteRole {
    ANYONE,
    USER
  }

  private JavalinShop() {}

  /** Starts a server with a filter in front of it. */
  static Javalin start(Filter sessions) {
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              config.jetty.port = 0;
              config.jetty.modifyServletContextHandler(
                  handler -> {
                    FilterHolder filter = new FilterHolder(sessions);
                    filter.setAsyncSupported(true);
                    handler.addFilter(
                        filter,
                        "/*",
                        EnumSet.of(
                            DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
                  });
              routes(config.routes);
            })
        .start();
  }

  private static void routes(RoutesConfig routes) {
    routes.beforeMatched(JavalinShop::guard);
    routes.get("/cart", JavalinShop::cart, Role.ANYONE);
    routes.get("/catalogue", JavalinShop::catalogue, Role.ANYONE);
    routes.get("/account", JavalinShop::account, Role.USER);
    routes.post("/login", JavalinShop::login, Role.ANYONE);
    routes.get("/messages", JavalinShop::messages, Role.ANYONE);
    routes.get("/locale", JavalinShop::locale, Role.ANYONE);
    routes.get("/wizard", JavalinShop::wizard, Role.ANYONE);
    routes.get("/listing", JavalinShop::listing, Role.ANYONE);
    routes.get("/later", JavalinShop::later, Role.ANYONE);
    routes.get("/fail", JavalinShop::fail, Role.ANYONE);
    routes.exception(
        IllegalStateException.class, (e, context) -> context.status(500).result("failed"));
    routes.after("/counted", JavalinShop::count);
    routes.get("/counted", context -> context.result("counted"), Role.ANYONE);
    routes.sse("/events", JavalinShop::events, Role.ANYONE);
    routes.get("/logout", JavalinShop::logout, Role.ANYONE);
    routes.ws(
        "/chat",
        chat ->
            chat.onMessage(
                message -> {
                  String user = message.sessionAttribute("user");
                  message.send(
                      (user == null ? "nobody" : user)
                          + " "
                          + new TreeMap<>(message.sessionAttributeMap()).keySet());
                }),
        Role.ANYONE);
  }

  /** What Javalin calls an access manager. */
  private static void guard(Context context) {
    if (context.routeRoles().contains(Role.USER) && context.sessionAttribute("user") == null) {
      context.sessionAttribute("returnTo", context.path() + "?" + context.queryString());
      throw new ForbiddenResponse("log in first");
    }
  }

  private static void cart(Context context) {
    List<String> cart = context.sessionAttribute("cart");
    if (cart == null) {
      cart = new ArrayList<>();
      context.sessionAttribute("cart", cart);
    }
    String item = context.queryParam("item");
    if (item != null) {
      cart.add(item);
    }
    context.result(String.join(",", cart));
  }

  /** A large page, which puts what was chosen on it into the cart. */
  private static void catalogue(Context context) {
    cart(context);
    context.result("cake ".repeat(60_000));
  }

  private static void account(Context context) {
    context.result("account of " + context.cachedSessionAttribute("user"));
  }

  private static void login(Context context) {
    String name = context.formParam("name");
    if (!"cake".equals(context.formParam("password"))) {
      context.sessionAttribute("flash", "wrong password for " + name);
      context.redirect("/messages");
      return;
    }
    context.req().getSession();
    context.req().changeSessionId();
    context.cachedSessionAttribute("user", name);
    String returnTo = context.consumeSessionAttribute("returnTo");
    context.redirect(returnTo == null ? "/cart" : returnTo);
  }

  private static void messages(Context context) {
    String flash = context.consumeSessionAttribute("flash");
    context.result(flash == null ? "nothing" : flash);
  }

  private static void locale(Context context) {
    String chosen = context.queryParam("choose");
    if (chosen != null) {
      context.sessionAttribute("locale", Locale.forLanguageTag(chosen));
    }
    Locale locale = context.sessionAttribute("locale");
    context.result(String.valueOf(locale));
  }

  private static void wizard(Context context) {
    Map<String, String> order = context.sessionAttribute("order");
    Map<String, String> changed = order == null ? new TreeMap<>() : new TreeMap<>(order);
    context.queryParamMap().forEach((name, values) -> changed.put(name, values.get(0)));
    context.sessionAttribute("order", new HashMap<>(changed));
    context.result(changed.toString());
  }

  private static void listing(Context context) {
    context.result(new TreeMap<>(context.sessionAttributeMap()).toString());
  }

  private static void later(Context context) {
    context.future(
        () ->
            CompletableFuture.supplyAsync(() -> "later")
                .thenAccept(
                    text -> {
                      context.sessionAttribute("seen", text);
                      context.result(text);
                    }));
  }

  private static void fail(Context context) {
    context.sessionAttribute("seen", "failed");
    throw new IllegalStateException("on purpose");
  }

  private static void count(Context context) {
    context.sessionAttribute("seen", "counted");
  }

  private static void events(SseClient client) {
    String user = client.ctx().sessionAttribute("user");
    client.sendEvent("user", user == null ? "nobody" : user);
    client.close();
  }

  private static void logout(Context context) {
    context.req().getSession().invalidate();
    context.redirect("/account");
  }
}
