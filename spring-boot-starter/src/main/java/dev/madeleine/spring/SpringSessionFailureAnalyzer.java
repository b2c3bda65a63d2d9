package dev.madeleine.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What to do about two kinds of sessions in one application. */
final class SpringSessionFailureAnalyzer
    extends AbstractFailureAnalyzer<SpringSessionPresentException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SpringSessionPresentException cause) {
    return new FailureAnalysis(
        "Both Spring Session (%s) and Madeleine would provide the sessions of this application."
            .formatted(String.join(", ", cause.beans())),
        "Remove one of them: the dependencies spring-session-* and @Enable…HttpSession, or"
            + " madeleine-spring-boot-starter.",
        cause);
  }
}
