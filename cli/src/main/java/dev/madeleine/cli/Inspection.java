package dev.madeleine.cli;

import dev.madeleine.ApplicationKey;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import dev.madeleine.TokenHeader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cookie, in lines for people and fields for programs.
 *
 * @param name of the cookie
 * @param cookies all that were received with it
 * @param peek what can be seen without a key
 * @param format name of its format, or null if it looks like none
 * @param keyed whether keys were given
 * @param check what the keys say, or null if none were given or no format was found
 * @param hint what surrounds the value and should not, or null
 * @param now the moment that ages are counted from
 */
record Inspection(
    String name,
    Map<String, String> cookies,
    Peek peek,
    @Nullable String format,
    boolean keyed,
    @Nullable CookieCheck check,
    @Nullable String hint,
    Instant now) {
  private static final String SEAL = "seal";

  /** The answer; its exit code is 1 if the keys reject the cookie, or nothing is recognized. */
  Answer answer() throws IOException {
    boolean known = format != null || peek.json() != null;
    boolean good = check == null ? known : check.verdict().accepted();
    Answer answer = new Answer(good ? Madeleine.DONE : Madeleine.FAILED);
    String text = CookieInput.text(name, cookies);
    answer.with("cookie", name).with("characters", text.length());
    line(answer, "cookie", Printable.of(name) + ", " + text.length() + " characters");
    seal(answer);
    if (hint != null && !good) {
      answer.with("hint", hint);
      line(answer, "hint", hint);
    }
    header(answer);
    attributes(answer);
    return answer;
  }

  private static void line(Answer answer, String label, String text) {
    answer.line("%-10s %s".formatted(label, text));
  }

  /** The format, and whether anything here can be believed. */
  private void seal(Answer answer) {
    String title = format == null ? "unknown: it looks like none that is known here" : format;
    answer.with("format", format == null ? "unknown" : format);
    if (check == null) {
      line(answer, "format", title + looks());
      answer.with(SEAL, "not verified");
      line(
          answer,
          SEAL,
          keyed
              ? "NOT VERIFIED: which format these keys are for is not known; name it with --format"
              : "NOT VERIFIED: no key was given, anybody can have written this");
      return;
    }
    Verdict verdict = check.verdict();
    line(answer, "format", title + " (" + check.sealedBy() + ")");
    answer.with("accepted", verdict.accepted());
    if (verdict.accepted()) {
      answer.with(SEAL, "good").with("reissue", verdict.reissue());
      line(answer, SEAL, "good, verified" + byKey(verdict.sealed()) + due(verdict.reissue()));
    } else {
      String reason = String.valueOf(verdict.reason());
      answer.with(SEAL, verdict.sealed() == null ? "not verified" : "good").with("reason", reason);
      line(answer, SEAL, "REJECTED: " + reason + ", " + PlainReason.of(reason, name));
    }
    verdict.warnings().forEach(warning -> line(answer, "warning", warning));
  }

  private String looks() {
    if (peek.header() == null) {
      return "";
    }
    return peek.header().isEncrypted()
        ? " (encrypted: the content needs a key)"
        : " (signed: anybody can read it)";
  }

  private static String byKey(@Nullable Accepted accepted) {
    if (accepted == null || accepted.keyId() == null) {
      return accepted != null && accepted.byOldKey() ? " by an older secret" : "";
    }
    return " by key " + accepted.keyId() + (accepted.byOldKey() ? ", an older one" : "");
  }

  private static String due(List<String> reissue) {
    return reissue.isEmpty() ? "" : "; would be written again: " + String.join(", ", reissue);
  }

  /** What a native header says, or claims. */
  private void header(Answer answer) {
    TokenHeader header = peek.header();
    if (header == null) {
      return;
    }
    answer.with("version", header.version()).with("keyId", header.keyId());
    line(answer, "version", String.valueOf(header.version()));
    line(answer, "key", header.keyId());
    TokenHeader.Metadata claimed = header.metadata();
    SessionSnapshot opened = opened();
    if (claimed != null) {
      metadata(answer, claimed, flags(claimed));
    } else if (opened != null) {
      TokenHeader.Metadata metadata = metadata(opened);
      metadata(answer, metadata, flags(metadata));
    }
  }

  /** What a key has opened, or null. */
  private @Nullable SessionSnapshot opened() {
    Accepted accepted = check == null ? null : check.verdict().sealed();
    return accepted == null ? null : accepted.snapshot();
  }

  /** The metadata of a native token that was opened; how its payload was packed is not known. */
  private static TokenHeader.Metadata metadata(SessionSnapshot session) {
    return new TokenHeader.Metadata(
        Objects.requireNonNull(session.id()),
        Objects.requireNonNull(session.created()),
        Objects.requireNonNull(session.refreshed()),
        Objects.requireNonNull(session.maxIdle()),
        session.subject(),
        session.keys(),
        session.remembered(),
        false,
        false);
  }

  private void metadata(Answer answer, TokenHeader.Metadata metadata, List<String> flags) {
    answer.with("id", metadata.id());
    line(answer, "session", metadata.id());
    answer.with("created", metadata.created().getEpochSecond());
    answer.with("refreshed", metadata.refreshed().getEpochSecond());
    answer.with("maxIdle", metadata.maxIdle().toSeconds());
    line(answer, "created", HumanTime.moment(metadata.created(), now));
    line(answer, "refreshed", HumanTime.moment(metadata.refreshed(), now));
    line(answer, "idle", idle(metadata));
    Subject subject = metadata.subject();
    if (subject != null) {
      answer.with("subject", subject.hash()).with("generation", subject.generation());
      line(
          answer,
          "subject",
          "%s (hash), generation %s".formatted(subject.hash(), subject.generation()));
    }
    List<String> keys = metadata.keys().stream().map(ApplicationKey::hash).toList();
    if (!keys.isEmpty()) {
      answer.with("keys", keys);
      line(answer, "keys", String.join(", ", keys) + " (hashes)");
    }
    answer.with("flags", flags);
    line(answer, "flags", flags.isEmpty() ? "none" : String.join(", ", flags));
  }

  private String idle(TokenHeader.Metadata metadata) {
    Duration maxIdle = metadata.maxIdle();
    if (maxIdle.isZero()) {
      return "never expires for being idle";
    }
    Instant end = metadata.refreshed().plus(maxIdle);
    return "after %s: %s %s if idle"
        .formatted(
            HumanTime.words(maxIdle),
            end.isAfter(now) ? "expires" : "expired",
            HumanTime.distance(end, now));
  }

  private static List<String> flags(TokenHeader.Metadata metadata) {
    List<String> flags = new ArrayList<>(0);
    if (metadata.subject() != null) {
      flags.add("subject");
    }
    if (metadata.deflated()) {
      flags.add("deflated");
    }
    if (metadata.remembered()) {
      flags.add("remembered");
    }
    if (metadata.shared()) {
      flags.add("shared");
    }
    return flags;
  }

  private void attributes(Answer answer) throws IOException {
    String verified = check == null ? "" : check.json();
    String json = verified.isEmpty() ? peek.json() : verified;
    if (json == null) {
      line(answer, "content", "cannot be seen without the right key");
      return;
    }
    boolean authentic = !verified.isEmpty();
    answer.with("session", SessionJson.tree(json)).with("authentic", authentic);
    line(
        answer,
        "content",
        json.length() + " characters of JSON" + (authentic ? "" : ", not verified"));
    answer.line(SessionJson.pretty(json));
  }
}
