package dev.madeleine.benchmarks;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import dev.madeleine.SessionSnapshot;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * {@code base64url(tag || json)}: Google Tink's HMAC-SHA-256 as its documentation has it, the
 * primitive built once and shared, over JSON of Jackson. The tag begins with Tink's key id, as in
 * its template {@code HMAC_SHA256_256BITTAG}. Checked is the MAC. No id of the session, no times,
 * no limits; signed, not encrypted.
 */
final class TinkMacText implements SignedText {
  private static final int KEY_ID = 0x6d616465;
  private static final int TAG_BYTES = 32;
  private static final int PREFIXED_TAG_BYTES = 5 + TAG_BYTES;

  private final Mac mac;

  @AccessesPartialKey
  TinkMacText(byte[] secret) {
    try {
      MacConfig.register();
      HmacParameters hmacSha256 =
          HmacParameters.builder()
              .setKeySizeBytes(secret.length)
              .setTagSizeBytes(TAG_BYTES)
              .setHashType(HmacParameters.HashType.SHA256)
              .setVariant(HmacParameters.Variant.TINK)
              .build();
      HmacKey key =
          HmacKey.builder()
              .setParameters(hmacSha256)
              .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
              .setIdRequirement(KEY_ID)
              .build();
      KeysetHandle keys =
          KeysetHandle.newBuilder().addEntry(KeysetHandle.importKey(key).makePrimary()).build();
      mac = keys.getPrimitive(RegistryConfiguration.get(), Mac.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String encode(SessionSnapshot session) {
    byte[] json = MappedJson.bytes(session.attributes());
    try {
      byte[] tag = mac.computeMac(json);
      byte[] token = Arrays.copyOf(tag, tag.length + json.length);
      System.arraycopy(json, 0, token, tag.length, json.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Map<String, Object> decode(String text) {
    byte[] token = Base64.getUrlDecoder().decode(text);
    if (token.length < PREFIXED_TAG_BYTES) {
      throw new IllegalArgumentException("too short");
    }
    byte[] json = Arrays.copyOfRange(token, PREFIXED_TAG_BYTES, token.length);
    try {
      mac.verifyMac(Arrays.copyOf(token, PREFIXED_TAG_BYTES), json);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
    return MappedJson.read(json);
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
