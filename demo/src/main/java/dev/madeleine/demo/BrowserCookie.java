package dev.madeleine.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * The text of a cookie on its way, which an ordinary application never looks at: only the page that
 * shows it does.
 */
final class BrowserCookie {
  private BrowserCookie() {}

  /** What the browser sent under this name, or null. */
  static @Nullable String cameWith(HttpServletRequest request, String name) {
    for (String line : Collections.list(request.getHeaders("Cookie"))) {
      for (String pair : line.split(";", -1)) {
        if (pair.strip().startsWith(name + "=")) {
          return pair.strip().substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  /** What the browser is asked to hold under this name from now on, or null. */
  static @Nullable String goesWith(HttpServletResponse response, String name) {
    for (String line : response.getHeaders("Set-Cookie")) {
      if (line.startsWith(name + "=")) {
        return line.substring(name.length() + 1, line.indexOf(';'));
      }
    }
    return null;
  }
}
