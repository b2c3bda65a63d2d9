package dev.madeleine.cli;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import dev.madeleine.encoders.Keygrip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What answers the requests of {@code madeleine batch}, and keeps the formats that it has opened.
 */
final class BatchDesk {
  private static final String KEYGRIP = "keygrip";
  private static final int ID_BYTES = 16;
  private static final int OPEN = 256;
  private static final long MAX_IDLE = 1800;

  private final Console console;
  private final GivenRandom random;
  private final Map<List<Object>, OpenFormat> open =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, OpenFormat> eldest) {
          return size() > OPEN;
        }
      };

  BatchDesk(Console console) {
    this.console = console;
    random = new GivenRandom(console.random());
  }

  /** The answer to a request. */
  BatchAnswer answer(BatchRequest request) {
    random.give(request.hex("random"));
    String op = request.text("op");
    boolean keygrip = request.text("format", "native").equals(KEYGRIP);
    return switch (op) {
      case "decode" -> decode(request);
      case "encode" -> encode(request, open(request), request.session());
      case "seal" -> seal(request);
      case "sign", "verify", "index" -> {
        if (!keygrip) {
          throw new UsageProblem("format", "op " + op + " is of format " + KEYGRIP + " only");
        }
        yield keygrip(op, request);
      }
      default ->
          throw new UsageProblem(
              "op",
              "there is no \"%s\"; there are decode, encode, seal, and sign, verify, index of format %s"
                  .formatted(Printable.of(op), KEYGRIP));
    };
  }

  private OpenFormat open(BatchRequest request) {
    Format format = Format.named(request.text("format", "native"));
    String cookie = request.text("name", format.cookie());
    List<String> keys = request.texts("keys");
    Map<String, String> options = request.words("options");
    return open.computeIfAbsent(
        List.of(format.name(), cookie, keys, new TreeMap<>(options)),
        key ->
            new OpenFormat(
                new OpenFormat.Use(
                    format, cookie, FormatKeys.of(keys), new FormatOptions(options), true),
                random));
  }

  private BatchAnswer decode(BatchRequest request) {
    OpenFormat format = open(request);
    Instant now = request.time("now", console.now());
    if (!request.has("cookies") && !request.has("cookie")) {
      throw new UsageProblem("cookies", "is missing; it is an object of values by name");
    }
    Verdict verdict =
        request.has("cookies")
            ? format.decode(request.words("cookies"), now)
            : format.decode(request.text("cookie"), now);
    BatchAnswer answer = new BatchAnswer().with("accepted", verdict.accepted());
    Accepted sealed = verdict.sealed();
    if (!verdict.accepted() || sealed == null) {
      answer.with("reason", String.valueOf(verdict.reason()));
    } else {
      answer.json(
          "session",
          SessionJson.write(
              format.format().json(format.encoder()), sealed.snapshot().attributes()));
      answer.with("reissue", verdict.reissue());
      answer.sealed(sealed);
    }
    return answer.warnings(verdict.warnings());
  }

  private BatchAnswer encode(BatchRequest request, OpenFormat format, String session) {
    Map<String, Object> attributes =
        SessionJson.read(format.format().json(format.encoder()), session);
    return new BatchAnswer()
        .with("cookies", format.encode(sealing(request, format.format(), attributes)))
        .warnings(format.weaknesses());
  }

  /** Seals a payload that no serializer has written. */
  private BatchAnswer seal(BatchRequest request) {
    Format format = Format.named(request.text("format", "native"));
    byte[] payload = request.base64("payload");
    OpenFormat.Use use =
        new OpenFormat.Use(
            format,
            request.text("name", format.cookie()),
            FormatKeys.of(request.texts("keys")),
            new FormatOptions(request.words("options")),
            true);
    OpenFormat opened =
        new OpenFormat(use, random, replaced -> new GivenPayload(replaced, payload));
    return new BatchAnswer()
        .with("cookies", opened.encodeAny(sealing(request, format, Map.of())))
        .warnings(opened.weaknesses());
  }

  /** The session with the id and the times that the request says. */
  private SessionSnapshot sealing(
      BatchRequest request, Format format, Map<String, Object> attributes) {
    Instant now = request.time("now", console.now());
    Instant created = request.time("created", now);
    Instant refreshed = request.time("refreshed", now.isBefore(created) ? created : now);
    SessionSnapshot session =
        SessionSnapshot.of(attributes)
            .withTimes(created, refreshed)
            .withMaxIdle(Duration.ofSeconds(request.number("maxIdle", MAX_IDLE)))
            .withRemembered(request.flag("remembered"))
            .withSubject(subject(request));
    return format.isNative() ? session.withId(id(request)) : session;
  }

  private String id(BatchRequest request) {
    if (request.has("id")) {
      return request.text("id");
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static @Nullable Subject subject(BatchRequest request) {
    long generation = request.number("generation", 0);
    if (generation != (int) generation) {
      throw new UsageProblem("generation", generation + "; it must have 32 bits");
    }
    return request.has("subject") ? Subject.of(request.text("subject"), (int) generation) : null;
  }

  private static BatchAnswer keygrip(String op, BatchRequest request) {
    FormatOptions options =
        new FormatOptions(request.words("options"))
            .requireAmong(KEYGRIP, new ArrayList<>(List.of("algorithm", "encoding")));
    Keygrip plain =
        Keygrip.of(FormatKeys.of(request.texts("keys")).foreign()).withDigest(options.digest());
    Keygrip keygrip = options.isHex() ? plain.withHex() : plain;
    String text = request.text("text");
    BatchAnswer answer = new BatchAnswer();
    if (op.equals("sign")) {
      return answer.with("digest", keygrip.sign(text));
    }
    int index = keygrip.index(text, request.text("digest"));
    return op.equals("index") ? answer.with("index", index) : answer.with("accepted", index >= 0);
  }
}
