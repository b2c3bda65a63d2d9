package dev.madeleine.benchmarks;

import dev.madeleine.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts: what each part of a signed session costs that nobody can leave out, over the same
 * bytes as in our token. Arrays that a pool could keep are kept; what is handed to the caller is
 * made anew.
 *
 * <pre>benchmarks/run quick PartsBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class PartsBenchmark {
  private static final int HEADER = 39;
  private static final int TAG = 32;

  @Param Part part;
  @Param SampleSession session;

  private final SecureRandom random = new SecureRandom();
  private Work work;

  /** One part, in both directions. */
  private interface Work {
    Object encode() throws Exception;

    Object decode() throws Exception;
  }

  /** Builds the input, and checks that the part brings back what it took. */
  @Setup(Level.Trial)
  public void prepare() throws Exception {
    Map<String, Object> attributes = session.attributes();
    byte[] json = JsonSerializer.PLAIN.toBytes(attributes);
    byte[] token = new byte[HEADER + json.length + TAG];
    random.nextBytes(token);
    System.arraycopy(json, 0, token, HEADER, json.length);
    work =
        switch (part) {
          case HMAC -> hmac(token);
          case BASE64 -> base64(token);
          case TEXT -> text(Base64.getUrlEncoder().withoutPadding().encode(token));
          case COMPARE -> comparison(Arrays.copyOf(token, TAG));
          case JACKSON -> json(attributes, new StreamedJson());
          case HANDWRITTEN -> json(attributes, new HandwrittenJson());
        };
  }

  /** Session to text. */
  @Benchmark
  public Object encode() throws Exception {
    return work.encode();
  }

  /** Text to session. */
  @Benchmark
  public Object decode() throws Exception {
    return work.decode();
  }

  private Work hmac(byte[] token) throws Exception {
    byte[] key = new byte[TAG];
    random.nextBytes(key);
    PaddedHmac hmac = new PaddedHmac(key);
    SealCheck.require(
        Arrays.equals(hmac.mac(token, token.length), PaddedHmac.byTheJdk(key, token)),
        "another HMAC than the JDK's");
    return new Work() {
      @Override
      public Object encode() throws Exception {
        return hmac.mac(token, token.length - TAG);
      }

      @Override
      public Object decode() throws Exception {
        return encode();
      }
    };
  }

  private static Work base64(byte[] token) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    Base64.Decoder decoder = Base64.getUrlDecoder();
    byte[] ascii = encoder.encode(token);
    byte[] bytes = new byte[token.length];
    byte[] target = new byte[ascii.length];
    decoder.decode(ascii, bytes);
    SealCheck.require(Arrays.equals(token, bytes), "another text");
    return new Work() {
      @Override
      public Object encode() {
        encoder.encode(token, target);
        return target;
      }

      @Override
      public Object decode() {
        decoder.decode(ascii, bytes);
        return bytes;
      }
    };
  }

  private static Work text(byte[] ascii) {
    String text = new String(ascii, StandardCharsets.ISO_8859_1);
    return new Work() {
      @Override
      public Object encode() {
        return new String(ascii, StandardCharsets.ISO_8859_1);
      }

      @Override
      public Object decode() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
      }
    };
  }

  private static Work comparison(byte[] tag) {
    byte[] same = tag.clone();
    return new Work() {
      @Override
      public Object encode() {
        return true;
      }

      @Override
      public Object decode() {
        return MessageDigest.isEqual(tag, same);
      }
    };
  }

  private static Work json(Map<String, Object> attributes, PlainJson json) throws Exception {
    byte[] target = new byte[8192];
    int length = json.write(attributes, target);
    byte[] bytes = Arrays.copyOf(target, length);
    SealCheck.require(
        Arrays.equals(bytes, JsonSerializer.PLAIN.toBytes(attributes)), "other JSON than ours");
    SealCheck.require(json.read(bytes).equals(attributes), "other attributes");
    return new Work() {
      @Override
      public Object encode() throws Exception {
        return json.write(attributes, target);
      }

      @Override
      public Object decode() throws Exception {
        return json.read(bytes);
      }
    };
  }
}
