package dev.madeleine;

/**
 * One revocation: what was created at its <i>not before</i> or earlier, and fits the hash, has
 * ended. Times are milliseconds since 1970.
 *
 * @param kind what the hash is of
 * @param hash 64 bits; 0 for all sessions
 * @param notBefore what was created then or earlier ends
 * @param until when all of that has expired anyway
 */
record Mark(Kind kind, long hash, long notBefore, long until) {
  /** What a mark is made of. */
  enum Kind {
    /** A login: of the subject's hash and the created time. */
    SESSION(0),
    /** Whom sessions belong to. */
    SUBJECT(1),
    /** A word of the application. */
    KEY(2),
    /** The id of a session without a subject. */
    VISIT(3),
    /** All sessions. */
    ALL(4);

    private static final Kind[] KINDS = values(); // In the order of their numbers.

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** The number that stands for it in an engine. */
    int number() {
      return number;
    }

    /** The kind with this number, which has to be one. */
    static Kind of(int number) {
      return KINDS[number];
    }

    static int count() {
      return KINDS.length;
    }
  }

  /** The kind; hashes are nobody's business. */
  @Override
  public String toString() {
    return "Mark[" + kind + "]";
  }
}
