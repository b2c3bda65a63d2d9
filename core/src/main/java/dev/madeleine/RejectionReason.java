package dev.madeleine;

/** Why a text is not a session. Until the seal holds, all of them look the same from outside. */
public enum RejectionReason {
  /** Longer than this encoder ever writes; nothing else was looked at. */
  TOO_LONG,
  /**
   * Not the canonical text of any token: wrong alphabet, padding, stray bits, impossible length.
   */
  MALFORMED,
  /** One of the cookies that hold it is missing, or they are of different writes. */
  INCOMPLETE,
  /** A version, form or flag that this release does not know, or not this encoder. */
  UNKNOWN_VERSION,
  /** Sealed by a key that is not in the ring. */
  UNKNOWN_KEY,
  /** Sealed by a key that was revoked. */
  REVOKED_KEY,
  /** The seal does not fit: changed on the way, made by another key, or meant for another use. */
  BAD_SEAL,
  /** The seal is good, but the payload breaks the rules of the serializer. */
  BAD_PAYLOAD,
  /** The seal is good, but the idle or the absolute timeout has passed. */
  EXPIRED,
  /** The seal is good, but its times lie further in the future than clocks may differ. */
  NOT_YET_VALID,
  /** The seal is good, but {@link Revocation} says no. */
  REVOKED,
  /** The seal is good, but a {@link SessionCondition} of the policy does not hold. */
  REFUSED,
  /** The seal is good, but the text holds no times to judge it by. */
  UNDATED,
  /** Of a format or place that is not read any more since its date. */
  RETIRED,
  /** Valid sessions of two different users were received in one request. */
  AMBIGUOUS
}
