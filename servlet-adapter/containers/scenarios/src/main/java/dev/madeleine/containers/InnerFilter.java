package dev.madeleine.containers;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A filter behind ours that uses the session itself and wraps request and response. */
final class InnerFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    http.getSession().setAttribute("inner", "before");
    chain.doFilter(
        new HttpServletRequestWrapper(http),
        new HttpServletResponseWrapper((HttpServletResponse) response));
    http.getSession().setAttribute("inner", "after");
  }
}
