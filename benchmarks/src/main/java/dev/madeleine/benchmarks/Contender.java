package dev.madeleine.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;

/** Who takes part. Each benchmark measures one of them in a JVM of its own. */
public enum Contender {
  /** Ours: the native format, signed. */
  MADELEINE("madeleine", ours(EncoderChoice.SIGNED)),
  /** Ours, encrypted with XAES-256-GCM. */
  MADELEINE_ENCRYPTED("madeleine encrypted", ours(EncoderChoice.ENCRYPTED)),
  /** Ours, deflated where that pays, signed. */
  MADELEINE_COMPRESSED("madeleine compressed", ours(EncoderChoice.SIGNED_COMPRESSED)),
  /** Ours, CBOR in place of JSON, signed. */
  MADELEINE_CBOR("madeleine cbor", ours(EncoderChoice.SIGNED_CBOR)),
  /** JWT, by the jjwt project. */
  JJWT("jjwt", JjwtText::new),
  /** The JWT library of Spring Security, signed tokens. */
  NIMBUS("nimbus-jose-jwt", NimbusText::new),
  /** The JWT library of Spring Security, encrypted tokens. */
  NIMBUS_JWE("nimbus-jose-jwt jwe", NimbusJweText::new),
  /** The JWT library of Auth0. */
  JAVA_JWT("java-jwt", JavaJwtText::new),
  /** The JWT library of Quarkus and others that follow MicroProfile. */
  JOSE4J("jose4j", Jose4jText::new),
  /** The JWT library of FusionAuth. */
  FUSIONAUTH("fusionauth-jwt", FusionAuthText::new),
  /** Google Tink's JWT. */
  TINK_JWT("tink-jwt", TinkJwtText::new),
  /** Google Tink's MAC over JSON of Jackson. */
  TINK_MAC("tink-mac + jackson", TinkMacText::new),
  /** Ktor's signed session cookie. */
  KTOR("ktor", KtorText::new),
  /** Vert.x's encrypted session cookie. */
  VERTX("vert.x", VertxText::new),
  /** What one writes without a library. */
  NAIVE("naive", NaiveText::new);

  private static final Properties VERSIONS = versions();

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // Constructor references hold no state.
  private final Function<byte[], SignedText> signingWith;

  Contender(String label, Function<byte[], SignedText> signingWith) {
    this.label = label;
    this.signingWith = signingWith;
  }

  private static Function<byte[], SignedText> ours(EncoderChoice choice) {
    return secret -> new MadeleineText(choice.with(secret));
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream file = Contender.class.getResourceAsStream("versions.properties")) {
      versions.load(Objects.requireNonNull(file, "versions.properties is not in the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  /** This contender with a key of 32 bytes. */
  SignedText signingWith(byte[] secret) {
    return signingWith.apply(secret);
  }

  /** The name in results, as people know the library. */
  String label() {
    return label;
  }

  /** The version of the library, as in {@code 10.10}; of Jackson for {@link #NAIVE}. */
  String version() {
    return VERSIONS.getProperty(name());
  }
}
