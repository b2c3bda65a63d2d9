package dev.madeleine.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What to do about properties that are wrong or contradict each other. */
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<PropertyException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PropertyException cause) {
    return new FailureAnalysis(
        "The properties of the sessions cannot be used: " + cause.getMessage(),
        "Change the property that is named, or remove it to have the default.",
        cause);
  }
}
