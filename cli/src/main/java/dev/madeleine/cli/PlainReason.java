package dev.madeleine.cli;

import dev.madeleine.RejectionReason;

/** Why a cookie is rejected, for somebody who has to do something about it. */
final class PlainReason {
  private PlainReason() {}

  /**
   * What a reason means.
   *
   * @param reason name of a {@code RejectionReason}, or {@link Verdict#ABSENT}
   * @param cookie name under which the cookie was judged
   */
  static String of(String reason, String cookie) {
    if (reason.equals(Verdict.ABSENT)) {
      return "no cookie %s is in there; another name: --name".formatted(Printable.of(cookie));
    }
    return switch (RejectionReason.valueOf(reason)) {
      case TOO_LONG -> "it is longer than any that the server writes";
      case MALFORMED -> "it is no text of this format";
      case INCOMPLETE -> "one of the cookies that hold it is missing, or of another write";
      case UNKNOWN_VERSION -> "its version or flags are of another release";
      case UNKNOWN_KEY -> "its key is not among the keys";
      case REVOKED_KEY -> "its key was revoked";
      case BAD_SEAL ->
          "it was changed, or made for another name than %s, purpose, audience, sealer or serializer"
              .formatted(Printable.of(cookie));
      case BAD_PAYLOAD -> "its seal is good, but what is in it breaks the rules";
      case EXPIRED -> "its seal is good, but it has expired";
      case NOT_YET_VALID -> "its seal is good, but its times lie in the future";
      case REVOKED -> "its seal is good, but the session was revoked";
      case REFUSED -> "its seal is good, but a condition of the application does not hold";
      case UNDATED -> "its seal is good, but it holds no times";
      case RETIRED -> "its format is not read any more";
      case AMBIGUOUS -> "valid ones of two different users were received";
    };
  }
}
