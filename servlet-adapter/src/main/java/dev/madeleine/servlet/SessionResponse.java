package dev.madeleine.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: the container's, with our headers brought up to date
 * before what may commit it, for values that were changed in place, and after what clears or
 * replaces them. Everything else about the cookie happens when the session changes, not here.
 */
final class SessionResponse extends HttpServletResponseWrapper {
  /** More bytes than a character has in any charset, with a byte order mark or escapes. */
  private static final int WIDEST = 8;

  private final Exchange exchange;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  /** The declared length of the body, up to 2 GiB; negative if there is none. */
  private int declared = -1;

  SessionResponse(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.exchange = exchange;
  }

  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
    declared = -1;
    exchange.restartBody();
    exchange.rewrite();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    exchange.restartBody();
  }

  /** The container's response, for code that gets past this one: what it does is not seen here. */
  @Override
  public ServletResponse getResponse() {
    exchange.beforeCommit();
    return super.getResponse();
  }

  @Override
  public void setContentLength(int length) {
    declare(length);
    super.setContentLength(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    declare(length);
    super.setContentLengthLong(length);
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (isLength(name)) {
      declare(value);
    }
    super.setIntHeader(name, value);
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (isLength(name)) {
      declare(value);
    }
    super.addIntHeader(name, value);
  }

  private static boolean isLength(@Nullable String name) {
    return "Content-Length".equalsIgnoreCase(name);
  }

  /** Takes a length as text; what is none is the container's to refuse. */
  private void declare(@Nullable String length) {
    try {
      declare(length == null ? -1 : Long.parseLong(length.strip()));
    } catch (NumberFormatException e) {
      declare(-1);
    }
  }

  /** Notes the length of the body. If that much has been written, declaring it commits. */
  private void declare(long length) {
    declared = (int) Math.max(-1, Math.min(length, Integer.MAX_VALUE));
    exchange.beforeCommit();
  }

  @Override
  public void addCookie(Cookie cookie) {
    super.addCookie(cookie);
    exchange.rewrite();
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (isLength(name)) {
      declare(value);
    }
    super.setHeader(name, value);
    if (ResponseHeaders.isShared(name)) {
      exchange.rewrite();
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (isLength(name)) {
      declare(value);
    }
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
      exchange.beforeWrite(1, declared);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      exchange.beforeWrite(length, declared);
      out.write(bytes, offset, length);
    }

    @Override
    public void print(@Nullable String text) throws IOException {
      exchange.beforeWrite(text == null ? 4 : text.length(), declared); // Latin-1, by contract.
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
      exchange.beforeWrite(c < 0x80 ? 1 : WIDEST, declared);
      super.write(c);
    }

    @Override
    public void write(char[] text, int offset, int length) {
      exchange.beforeWrite(
          exchange.isWatching() ? mostBytes(CharBuffer.wrap(text, offset, length)) : 0, declared);
      super.write(text, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
      exchange.beforeWrite(
          exchange.isWatching() ? mostBytes(CharBuffer.wrap(text, offset, offset + length)) : 0,
          declared);
      super.write(text, offset, length);
    }

    @Override
    public void println() {
      write(System.lineSeparator()); // A PrintWriter writes it past the methods above.
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

  /** How many bytes a text has at most as the writer encodes it. */
  private long mostBytes(CharSequence text) {
    String charset = getCharacterEncoding();
    if (charset.equalsIgnoreCase("ISO-8859-1") || charset.equalsIgnoreCase("US-ASCII")) {
      return text.length();
    }
    if (!charset.equalsIgnoreCase("UTF-8")) {
      return (long) WIDEST * text.length();
    }
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }
}
