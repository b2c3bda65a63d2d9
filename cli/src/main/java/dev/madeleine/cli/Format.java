package dev.madeleine.cli;

import dev.madeleine.CookieOptions;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionTransport;
import dev.madeleine.encoders.Cbor;
import dev.madeleine.encoders.ConnectCookieSession;
import dev.madeleine.encoders.CookieSession;
import dev.madeleine.encoders.Encrypted;
import dev.madeleine.encoders.Keygrip;
import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A format by its name: the one table of what the command reads and writes.
 *
 * @param name what people call it
 * @param cookie the cookie's name unless another is given
 * @param isNative whether it is of our own kind: keys with ids, session ids, sealed times
 * @param own names of its own options
 * @param maker makes the transport, which is the encoder in its place
 */
record Format(String name, String cookie, boolean isNative, List<String> own, Maker maker) {
  /** All formats; a new one is one more row. */
  static final List<Format> TABLE =
      List.of(
          new Format("native", CookieOptions.DEFAULT_NAME, true, Native.OPTIONS, Native::transport),
          new Format(
              "encrypted", CookieOptions.DEFAULT_NAME, true, Native.OPTIONS, Native::encrypted),
          new Format(
              "cookie-session",
              "session",
              false,
              List.of("algorithm", "encoding", "limit"),
              Format::cookieSession),
          new Format(
              "connect-cookie-session",
              "connect.sid",
              false,
              List.of("algorithm", "encoding", "limit"),
              Format::connectCookieSession));

  /** Options of every format: how its times are judged. */
  private static final List<String> TIMES = List.of("idle", "absolute");

  /**
   * What a transport is made of.
   *
   * @param cookie name of the cookie or header
   * @param serializing what to put in the place of the format's serializer
   * @param watching what to put around the encoder
   */
  record Parts(
      String cookie,
      FormatKeys keys,
      FormatOptions options,
      SecureRandom random,
      UnaryOperator<Serializer> serializing,
      UnaryOperator<SessionEncoder> watching) {}

  /** Makes a transport. */
  @FunctionalInterface
  interface Maker {
    SessionTransport transport(Parts parts);
  }

  /** The format of this name. */
  static Format named(String name) {
    return TABLE.stream()
        .filter(format -> format.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageProblem(
                    "format",
                    "there is no \"%s\"; there are %s".formatted(Printable.of(name), names())));
  }

  /** Whether it travels in two cookies, value and signature. */
  boolean isPair() {
    return name.equals("cookie-session");
  }

  static String names() {
    return TABLE.stream().map(Format::name).collect(Collectors.joining(", "));
  }

  /** The transport; options that this format does not have are refused. */
  SessionTransport transport(Parts parts) {
    List<String> known = new ArrayList<>(own);
    known.addAll(TIMES);
    parts.options().requireAmong(name, known);
    return maker.transport(parts);
  }

  /** What a session's values look like as JSON: those of the wire, if JSON is on the wire. */
  Serializer json(SessionEncoder encoder) {
    return isNative ? JsonSerializer.PLAIN : encoder.serializer();
  }

  private static SessionTransport cookieSession(Parts parts) {
    Keygrip plain = Keygrip.of(parts.keys().foreign()).withDigest(parts.options().digest());
    Keygrip keygrip = parts.options().isHex() ? plain.withHex() : plain;
    Serializer json = CookieSession.encoder(keygrip).serializer();
    return SessionTransport.signaturePair(
        CookieOptions.named(parts.cookie()),
        limited(CookieSession.encoder(keygrip, parts.serializing().apply(json)), parts));
  }

  private static SessionTransport connectCookieSession(Parts parts) {
    parts.options().choice("algorithm", "sha1");
    parts.options().choice("encoding", "hex");
    Serializer json = ConnectCookieSession.encoder(parts.keys().foreign()).serializer();
    return SessionTransport.cookie(
        CookieOptions.named(parts.cookie()),
        limited(
            ConnectCookieSession.encoder(parts.keys().foreign(), parts.serializing().apply(json)),
            parts));
  }

  /** The encoder with the option {@code limit}, the most characters that it reads. */
  private static SessionEncoder limited(SessionEncoder encoder, Parts parts) {
    Integer limit = parts.options().number("limit");
    return parts.watching().apply(limit == null ? encoder : encoder.withLimit(limit));
  }

  /** Our own format. */
  private static final class Native {
    static final List<String> OPTIONS =
        List.of("sealer", "serializer", "purpose", "audience", "compress", "pad", "layout");

    private static final String HMAC = "hmac-sha-256";
    private static final String XAES = "xaes-256-gcm";
    private static final String XCHACHA = "xchacha20-poly1305";
    private static final String SIV = "aes-256-gcm-siv";

    static SessionTransport transport(Parts parts) {
      return transport(parts, parts.options().choice("sealer", HMAC, XAES, XCHACHA, SIV));
    }

    static SessionTransport encrypted(Parts parts) {
      return transport(parts, parts.options().choice("sealer", XAES, XCHACHA, SIV));
    }

    private static SessionTransport transport(Parts parts, String sealer) {
      SessionEncoder encoder =
          parts.watching().apply(padded(compressed(encoder(parts, sealer), parts), parts));
      String name = parts.cookie();
      return switch (parts.options().choice("layout", "one", "chunked", "header")) {
        case "chunked" -> SessionTransport.chunked(CookieOptions.named(name), encoder);
        case "header" -> SessionTransport.header(name, encoder);
        default -> SessionTransport.cookie(CookieOptions.named(name), encoder);
      };
    }

    private static NativeEncoder encoder(Parts parts, String sealer) {
      var ring = parts.keys().ring();
      String purpose = parts.options().text("purpose", "session");
      NativeEncoder encoder =
          switch (sealer) {
            case XAES -> NativeEncoder.encrypted(() -> ring, purpose, parts.random());
            case XCHACHA -> Encrypted.xChaCha20Poly1305(() -> ring, purpose, parts.random());
            case SIV -> Encrypted.aesGcmSiv(() -> ring, purpose, parts.random());
            default -> NativeEncoder.signed(() -> ring, purpose);
          };
      boolean cbor = parts.options().choice("serializer", "json", "cbor").equals("cbor");
      return encoder
          .withSerializer(
              parts.serializing().apply(cbor ? Cbor.serializer() : JsonSerializer.PLAIN))
          .withAudience(parts.options().text("audience", ""));
    }

    private static NativeEncoder compressed(NativeEncoder encoder, Parts parts) {
      return switch (parts.options().text("compress", "false")) {
        case "false" -> encoder;
        case "true" -> encoder.withCompression();
        default -> {
          Integer threshold = parts.options().number("compress");
          yield threshold == null ? encoder : encoder.withCompression(threshold);
        }
      };
    }

    private static NativeEncoder padded(NativeEncoder encoder, Parts parts) {
      Integer multiple = parts.options().number("pad");
      try {
        return multiple == null ? encoder : encoder.withPadding(multiple);
      } catch (IllegalStateException e) {
        throw new UsageProblem("options.pad", "needs an encrypting sealer, this one signs only");
      }
    }
  }
}
