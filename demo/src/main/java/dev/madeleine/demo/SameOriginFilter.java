package dev.madeleine.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Keeps other sites out: their pages cannot post here, frame this page, or bring anything into it.
 *
 * <p>The cookie's {@code SameSite=Lax} alone would not keep a foreign page from logging somebody
 * in, for which no cookie is needed.
 */
final class SameOriginFilter extends HttpFilter {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final Set<String> OWN = Set.of("same-origin", "none");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    if (request.getMethod().equals("POST") && isForeign(request)) {
      Answer.text(response, HttpServletResponse.SC_FORBIDDEN, "posted from another site");
      return;
    }
    chain.doFilter(request, response);
  }

  /** Whether a browser says that another site's page made this request. Programs say nothing. */
  private static boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OWN.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin != null && !origin.equals("http://" + request.getHeader("Host"));
  }
}
