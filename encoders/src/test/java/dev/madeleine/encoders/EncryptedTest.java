package dev.madeleine.encoders;

import static dev.madeleine.encoders.Fixtures.NOON;
import static dev.madeleine.encoders.Fixtures.bytes;
import static dev.madeleine.encoders.Fixtures.reason;
import static dev.madeleine.encoders.Fixtures.text;
import static dev.madeleine.encoders.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.RejectionReason;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.encoders.Fixtures.CipherChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncryptedTest {
  private static final Map<String, Object> CARD = Map.of("card", "4711-0815");
  private static final SessionSnapshot SESSION = Fixtures.session(CARD);

  @ParameterizedTest
  @EnumSource
  void bringsTheSessionBack(CipherChoice cipher) {
    NativeEncoder encoder = cipher.encoder();
    Decoded decoded = encoder.decode(encoder.encode(SESSION));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().attributes()).isEqualTo(CARD);
              assertThat(accepted.snapshot().id()).isEqualTo(SESSION.id());
              assertThat(accepted.snapshot().created()).isEqualTo(NOON);
            });
  }

  @ParameterizedTest
  @EnumSource
  void hidesTheAttributesAndNeverWritesTheSameTextTwice(CipherChoice cipher) {
    NativeEncoder encoder = cipher.encoder();
    String text = encoder.encode(SESSION);
    String bytes = new String(bytes(text), StandardCharsets.ISO_8859_1);

    assertThat(bytes).doesNotContain("card").doesNotContain("4711");
    assertThat(encoder.encode(SESSION)).isNotEqualTo(text).hasSameSizeAs(text);
  }

  @ParameterizedTest
  @EnumSource
  void addsHeaderNonceAndTagToTheJson(CipherChoice cipher) {
    byte[] token = bytes(cipher.encoder().encode(SESSION));
    int overhead = 39 + cipher.nonceLength() + 16;

    assertThat(token).hasSize(overhead + "{\"card\":\"4711-0815\"}".length());
    assertThat(overhead).isEqualTo(cipher == CipherChoice.AES_256_GCM_SIV ? 67 : 79);
  }

  @ParameterizedTest
  @EnumSource
  void showsVersionFormAndKeyAndHidesTheId(CipherChoice cipher) {
    byte[] token = bytes(cipher.encoder().encode(SESSION));
    String keyId = MasterKey.of(Fixtures.SECRET).id();

    assertThat(HexFormat.of().formatHex(token, 0, 6)).isEqualTo("0201" + keyId);
    assertThat(HexFormat.of().formatHex(token)).doesNotContain(Fixtures.ID);
  }

  @ParameterizedTest
  @EnumSource
  void rejectsEverySingleBitFlipInEveryForm(CipherChoice cipher) {
    SessionSnapshot session = Fixtures.session(Map.of("a", "madeleine ".repeat(8)));
    for (NativeEncoder encoder :
        List.of(
            cipher.encoder(),
            cipher.encoder().withCompression(0),
            cipher.encoder().withPadding(32),
            cipher.encoder().withCompression(0).withPadding(32))) {
      byte[] token = bytes(encoder.encode(session));
      assertThat(encoder.valid(text(token))).isTrue();
      for (int bit = 0; bit < 8 * token.length; bit++) {
        token[bit / 8] ^= (byte) (1 << bit % 8);
        RejectionReason expected =
            bit < 16 // version and form
                ? RejectionReason.UNKNOWN_VERSION
                : bit >= 16 && bit < 48 ? RejectionReason.UNKNOWN_KEY : RejectionReason.BAD_SEAL;
        assertThat(reason(encoder, text(token))).as("bit %s", bit).isEqualTo(expected);
        assertThat(encoder.valid(text(token))).as("bit %s", bit).isFalse();
        token[bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertThat(encoder.valid(text(token))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsTheTokensOfOtherCiphersAndOfASignerUnderTheSameKeys(CipherChoice cipher) {
    List<NativeEncoder> others = new ArrayList<>(List.of(Fixtures.signed()));
    for (CipherChoice other : CipherChoice.values()) {
      if (other != cipher) {
        others.add(other.encoder());
      }
    }
    NativeEncoder encoder = cipher.encoder();
    for (NativeEncoder other : others) {
      RejectionReason reason =
          other == others.get(0) ? RejectionReason.UNKNOWN_VERSION : RejectionReason.BAD_SEAL;
      assertThat(reason(encoder, other.encode(SESSION))).isEqualTo(reason);
      assertThat(reason(other, encoder.encode(SESSION))).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsATokenOfAnotherPurposeOrCookieName(CipherChoice cipher) {
    String text = cipher.encoder().encode(SESSION);

    assertThat(reason(cipher.encoder().withName("session"), text))
        .isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(reason(cipher.encoder("other", Fixtures.RANDOM), text))
        .isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(cipher.encoder().valid(text)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void showsWhatItIsAndNoKey(CipherChoice cipher) {
    assertThat(cipher.encoder().withCompression().withPadding(64))
        .asString()
        .containsIgnoringCase(cipher.name().replace('_', '-'))
        .contains("(encrypted)", "deflated from 512 bytes", "padded to 64 bytes", "session")
        .doesNotContain(HexFormat.of().formatHex(Fixtures.SECRET).substring(0, 8));
  }

  // ---- padding ----

  @ParameterizedTest
  @EnumSource
  void tellsNoMoreThanTheMultipleOfAPaddedLength(CipherChoice cipher) {
    NativeEncoder encoder = cipher.encoder().withPadding(64);
    int overhead = 6 + cipher.nonceLength() + 16;
    for (int length = 0; length < 300; length++) {
      SessionSnapshot session = Fixtures.session(Map.of("a", "x".repeat(length)));
      int plain = 33 + "{\"a\":\"\"}".length() + length; // with the metadata
      assertThat(bytes(encoder.encode(session))).hasSize(overhead + (plain / 64 + 1) * 64);
      assertThat(cipher.encoder().valid(encoder.encode(session))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void padsTheLargestSessionsToWhatFits(CipherChoice cipher) {
    NativeEncoder encoder = cipher.encoder().withPadding(1024);
    int limit = 3072 - 39 - cipher.nonceLength() - 16;
    for (int json : new int[] {2048, 2500, limit - 1}) {
      String text = encoder.encode(Fixtures.session(Map.of("a", "x".repeat(json - 8))));
      assertThat(text).hasSize(4096);
      assertThat(encoder.valid(text)).isTrue();
    }
  }

  // ---- the key derivation and the signature, by Bouncy Castle ----

  @Test
  void signedTokensAreWhatBouncyCastlesHkdfAndHmacMakeOfThem() {
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      byte[] secret = Fixtures.secret(100 + i);
      KeyRing ring = KeyRing.signingWith(MasterKey.of(secret));
      String purpose = "p".repeat(i % 7) + "é";
      String name = "n".repeat(i % 50);
      NativeEncoder encoder = NativeEncoder.signed(() -> ring, purpose).withName(name);
      byte[] token = bytes(encoder.encode(Fixtures.session(Map.of("a", "x".repeat(i)))));
      byte[] subkey = subkey(secret, "HMAC-SHA-256", purpose, name);
      HMac mac = new HMac(new SHA256Digest());
      mac.init(new KeyParameter(subkey));
      mac.update(token, 0, token.length - 32);
      byte[] tag = new byte[32];
      mac.doFinal(tag, 0);
      assertThat(Arrays.copyOfRange(token, token.length - 32, token.length)).isEqualTo(tag);
      assertThat(Arrays.copyOfRange(token, 2, 6)).isEqualTo(hkdf(secret, utf8("kid"), 4));
      tags.add(HexFormat.of().formatHex(tag));
    }
    assertThat(tags).hasSize(300);
  }

  /** The key for one use, as docs/formats.md derives it. */
  static byte[] subkey(byte[] secret, String algorithm, String purpose, String name) {
    return hkdf(secret, info("madeleine", "2", algorithm, "json", purpose, name, ""), 32);
  }

  private static byte[] hkdf(byte[] secret, byte[] info, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, utf8("madeleine/v1"), info));
    byte[] key = new byte[length];
    assertThat(hkdf.generateBytes(key, 0, length)).isEqualTo(length);
    return key;
  }

  private static byte[] info(String... parts) {
    java.io.ByteArrayOutputStream info = new java.io.ByteArrayOutputStream();
    for (String part : parts) {
      byte[] bytes = utf8(part);
      info.writeBytes(new byte[] {0, 0, 0, (byte) bytes.length});
      info.writeBytes(bytes);
    }
    return info.toByteArray();
  }
}
