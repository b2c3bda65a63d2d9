package dev.madeleine.sample;

import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** The one page of the shop. */
final class Page {
  private final Environment environment;

  Page(Environment environment) {
    this.environment = environment;
  }

  String html(String user, String message, Cart cart, CsrfToken token) {
    return """
        <!doctype html>
        <html lang="en">
        <title>Shop</title>
        <h1>Shop</h1>
        <p>Hello <b id="user">%s</b>, this is the node on port <b id="port">%s</b>.</p>
        <p id="message">%s</p>
        <ul id="cart">%s</ul>
        %s%s%s
        </html>
        """
        .formatted(
            HtmlUtils.htmlEscape(user),
            environment.getRequiredProperty("local.server.port"),
            HtmlUtils.htmlEscape(message),
            items(cart.pieces()),
            form(
                "/cart",
                token,
                "<select name='cake'><option>madeleine<option>sabl\u00e9</select>",
                "Add to cart"),
            form("/logout", token, "", "Log out"),
            form("/logout-everywhere", token, "", "Log out everywhere"));
  }

  private static String items(Map<String, Integer> pieces) {
    return pieces.entrySet().stream()
        .map(item -> item.getValue() + " " + HtmlUtils.htmlEscape(item.getKey()))
        .collect(Collectors.joining("<li>", pieces.isEmpty() ? "" : "<li>", ""));
  }

  private static String form(String action, CsrfToken token, String fields, String button) {
    return """
        <form method="post" action="%s">
        <input type="hidden" name="%s" value="%s">%s
        <button>%s</button>
        </form>
        """
        .formatted(
            action,
            token.getParameterName(),
            HtmlUtils.htmlEscape(token.getToken()),
            fields,
            button);
  }
}
