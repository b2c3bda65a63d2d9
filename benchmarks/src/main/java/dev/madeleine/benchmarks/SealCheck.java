package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;

/** What has to hold before anything is timed: fast and wrong is no result. */
final class SealCheck {
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private SealCheck() {}

  /**
   * Checks that a text brings all attributes back, and is refused when it was changed, cut, or
   * signed with another key.
   *
   * @throws IllegalStateException if not, which fails the run
   */
  static void pass(SignedText text, SignedText withOtherKey, SessionSnapshot session) {
    String good = text.encode(session);
    require(
        text.attributes(good).filter(session.attributes()::equals).isPresent(),
        "the attributes do not come back");
    require(text.attributes(changed(good, good.length() / 2)).isEmpty(), "takes a changed text");
    require(
        text.attributes(good.substring(0, good.length() - 4)).isEmpty(), "takes a text cut short");
    require(withOtherKey.attributes(good).isEmpty(), "takes a text of another key");
  }

  static void require(boolean holds, String failure) {
    if (!holds) {
      throw new IllegalStateException(failure);
    }
  }

  /** The text with one other character, which stands for other bits. */
  static String changed(String text, int position) {
    int value = BASE64URL.indexOf(text.charAt(position));
    char other = value < 0 ? 'A' : BASE64URL.charAt(value ^ 0b100000);
    return text.substring(0, position) + other + text.substring(position + 1);
  }
}
