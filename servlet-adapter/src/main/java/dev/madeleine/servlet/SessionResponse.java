package dev.madeleine.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: the container's, with our headers brought up to date
 * before what commits it, for values that were changed in place, and after what clears or replaces
 * them. Everything else about the cookie happens when the session changes, not here.
 */
final class SessionResponse extends HttpServletResponseWrapper {
  private final Exchange exchange;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  SessionResponse(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.exchange = exchange;
  }

  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
    exchange.rewrite();
  }

  @Override
  public void addCookie(Cookie cookie) {
    super.addCookie(cookie);
    exchange.rewrite();
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    super.setHeader(name, value);
    if (ResponseHeaders.isShared(name)) {
      exchange.rewrite();
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    super.addHeader(name, value);
    if (ResponseHeaders.isShared(name)) {
      exchange.rewrite();
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    exchange.update();
    super.flushBuffer();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    exchange.update();
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status) throws IOException {
    exchange.update();
    super.sendRedirect(location, status);
  }

  @Override
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    exchange.update();
    super.sendRedirect(location, clearBuffer);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    exchange.update();
    super.sendRedirect(location, status, clearBuffer);
  }

  @Override
  public void sendError(int status) throws IOException {
    exchange.update();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    exchange.update();
    super.sendError(status, message);
  }

  /** The argument: the session never travels in a URL. */
  @Override
  public String encodeURL(String url) {
    return url;
  }

  /** The argument: the session never travels in a URL. */
  @Override
  public String encodeRedirectURL(String url) {
    return url;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = stream;
    if (known == null) {
      known = new Stream(super.getOutputStream());
      stream = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      known = new Writer(super.getWriter());
      writer = known;
    }
    return known;
  }

  /** The container's stream; its flush and close may commit the response. */
  private final class Stream extends ServletOutputStream {
    private final ServletOutputStream out;

    Stream(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      exchange.retry();
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      exchange.retry();
      out.write(bytes, offset, length);
    }

    @Override
    public void print(@Nullable String text) throws IOException {
      exchange.retry();
      out.print(text);
    }

    @Override
    public void flush() throws IOException {
      exchange.update();
      out.flush();
    }

    @Override
    public void close() throws IOException {
      exchange.update();
      out.close();
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }

  /** The container's writer; its flush, close and checkError may commit the response. */
  private final class Writer extends PrintWriter {
    private final PrintWriter container;

    Writer(PrintWriter container) {
      super(container);
      this.container = container;
    }

    @Override
    public void write(int c) {
      exchange.retry();
      super.write(c);
    }

    @Override
    public void write(char[] text, int offset, int length) {
      exchange.retry();
      super.write(text, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
      exchange.retry();
      super.write(text, offset, length);
    }

    @Override
    public void flush() {
      exchange.update();
      container.flush();
    }

    @Override
    public void close() {
      exchange.update();
      container.close();
    }

    @Override
    public boolean checkError() {
      exchange.update();
      return container.checkError();
    }
  }
}
