package dev.madeleine.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What to do about missing and bad keys. */
final class KeysFailureAnalyzer extends AbstractFailureAnalyzer<KeysException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, KeysException cause) {
    return new FailureAnalysis(
        "Madeleine has no keys for the session cookie: " + cause.getMessage(),
        """
        Make a key and give it to every node, in the environment variable MADELEINE_KEYS or the property madeleine.keys:

            export MADELEINE_KEYS="base64:$(openssl rand -base64 32)"

        Or let madeleine.key-file name a file that several nodes mount. For development on one machine,\
         madeleine.development-key=true makes a key for each run.""",
        cause);
  }
}
