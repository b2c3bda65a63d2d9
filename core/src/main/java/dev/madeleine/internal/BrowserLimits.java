package dev.madeleine.internal;

/** What browsers take. */
public final class BrowserLimits {
  /** Most characters of name and value together that browsers store (RFC 6265bis section 5.6). */
  public static final int MAX_COOKIE = 4096;

  private BrowserLimits() {}
}
