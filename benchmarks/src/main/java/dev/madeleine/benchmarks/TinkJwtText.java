package dev.madeleine.benchmarks;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.jwt.JwtHmacKey;
import com.google.crypto.tink.jwt.JwtHmacParameters;
import com.google.crypto.tink.jwt.JwtInvalidException;
import com.google.crypto.tink.jwt.JwtMac;
import com.google.crypto.tink.jwt.JwtMacConfig;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.RawJwt;
import com.google.crypto.tink.jwt.VerifiedJwt;
import com.google.crypto.tink.util.SecretBytes;
import dev.madeleine.SessionSnapshot;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Google Tink's JWT as its documentation has it: primitive and validator are built once and shared,
 * and the key has an id in the header, as Tink recommends. The attributes are the claims; Tink
 * takes lists and maps as JSON text, which Jackson writes here. Checked are {@code alg}, {@code
 * kid}, the MAC, and {@code exp}, which must be there. Tink hands lists and maps over as JSON text
 * again; reading that is not in the figure. No id of the session, no idle time; signed, not
 * encrypted.
 */
final class TinkJwtText implements SignedText {
  private static final int KEY_ID = 0x6d616465;
  private static final JwtValidator TIMES = JwtValidator.newBuilder().build();

  private final JwtMac mac;

  @AccessesPartialKey
  TinkJwtText(byte[] secret) {
    try {
      JwtMacConfig.register();
      JwtHmacParameters hs256 =
          JwtHmacParameters.builder()
              .setAlgorithm(JwtHmacParameters.Algorithm.HS256)
              .setKidStrategy(JwtHmacParameters.KidStrategy.BASE64_ENCODED_KEY_ID)
              .setKeySizeBytes(secret.length)
              .build();
      JwtHmacKey key =
          JwtHmacKey.builder()
              .setParameters(hs256)
              .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
              .setIdRequirement(KEY_ID)
              .build();
      KeysetHandle keys =
          KeysetHandle.newBuilder().addEntry(KeysetHandle.importKey(key).makePrimary()).build();
      mac = keys.getPrimitive(RegistryConfiguration.get(), JwtMac.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String encode(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    RawJwt.Builder jwt =
        RawJwt.newBuilder().setIssuedAt(times.issued()).setExpiration(times.expires());
    try {
      for (Map.Entry<String, Object> attribute : session.attributes().entrySet()) {
        addClaim(jwt, attribute.getKey(), attribute.getValue());
      }
      return mac.computeMacAndEncode(jwt.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void addClaim(RawJwt.Builder jwt, String name, Object value)
      throws JwtInvalidException {
    if (value instanceof String text) {
      jwt.addStringClaim(name, text);
    } else if (value instanceof Boolean truth) {
      jwt.addBooleanClaim(name, truth);
    } else if (value instanceof Integer number) {
      jwt.addNumberClaim(name, number.longValue());
    } else if (value instanceof List) {
      jwt.addJsonArrayClaim(name, MappedJson.text(value));
    } else {
      jwt.addJsonObjectClaim(name, MappedJson.text(value));
    }
  }

  @Override
  public VerifiedJwt decode(String text) {
    try {
      return mac.verifyMacAndDecode(text, TIMES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      VerifiedJwt jwt = decode(text);
      Map<String, Object> attributes = new LinkedHashMap<>();
      for (String name : jwt.customClaimNames()) {
        attributes.put(name, attribute(jwt, name));
      }
      return Optional.of(attributes);
    } catch (IllegalArgumentException | JwtInvalidException e) {
      return Optional.empty();
    }
  }

  private static Object attribute(VerifiedJwt jwt, String name) throws JwtInvalidException {
    if (jwt.hasStringClaim(name)) {
      return jwt.getStringClaim(name);
    }
    if (jwt.hasBooleanClaim(name)) {
      return jwt.getBooleanClaim(name);
    }
    if (jwt.hasNumberClaim(name)) {
      return jwt.getNumberClaim(name).intValue();
    }
    String json =
        jwt.hasJsonArrayClaim(name) ? jwt.getJsonArrayClaim(name) : jwt.getJsonObjectClaim(name);
    return MappedJson.readValue(json);
  }
}
