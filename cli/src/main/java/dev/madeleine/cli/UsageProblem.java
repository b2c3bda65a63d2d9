package dev.madeleine.cli;

/** Something that was asked for wrongly: which field or option, and what to do. No secret in it. */
final class UsageProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageProblem(String field, String message) {
    super(field + ": " + message);
  }

  /** Text that UTF-8 cannot hold. */
  static UsageProblem halfACharacter(String field) {
    return new UsageProblem(field, "holds half a character (a lone surrogate)");
  }
}
