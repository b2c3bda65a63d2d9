package dev.madeleine.spring.security;

/** Settings of the application contradict each other, so it does not start. */
final class SettingException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String action;

  /**
   * A contradiction.
   *
   * @param problem what does not go together, without a full stop
   * @param action what to do about it, as sentences
   */
  SettingException(String problem, String action) {
    super(problem + ". " + action);
    this.problem = problem;
    this.action = action;
  }

  String problem() {
    return problem;
  }

  String action() {
    return action;
  }
}
