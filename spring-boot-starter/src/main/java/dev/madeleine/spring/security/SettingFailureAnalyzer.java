package dev.madeleine.spring.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What to do about settings that contradict each other. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<SettingException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
    return new FailureAnalysis(cause.problem() + ".", cause.action(), cause);
  }
}
