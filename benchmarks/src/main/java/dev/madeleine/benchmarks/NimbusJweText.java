package dev.madeleine.benchmarks;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.madeleine.SessionSnapshot;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * nimbus-jose-jwt as its example for direct encryption has it: {@code dir} with {@code A256GCM},
 * header, encrypter and decrypter built once and shared. The attributes are the claims. Checked are
 * {@code alg}, {@code enc}, the seal, and {@code exp}, which must be there. No id, no idle time, no
 * key id; encrypted.
 */
final class NimbusJweText implements SignedText {
  private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

  private final JWEEncrypter encrypter;
  private final JWEDecrypter decrypter;

  NimbusJweText(byte[] secret) {
    try {
      encrypter = new DirectEncrypter(secret);
      decrypter = new DirectDecrypter(secret);
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String encode(SessionSnapshot session) {
    try {
      EncryptedJWT jwt = new EncryptedJWT(HEADER, NimbusText.claims(session));
      jwt.encrypt(encrypter);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public JWTClaimsSet decode(String text) {
    try {
      EncryptedJWT jwt = EncryptedJWT.parse(text);
      if (!jwt.getHeader().getAlgorithm().equals(JWEAlgorithm.DIR)
          || !jwt.getHeader().getEncryptionMethod().equals(EncryptionMethod.A256GCM)) {
        throw new IllegalArgumentException("another algorithm");
      }
      jwt.decrypt(decrypter);
      return NimbusText.inTime(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | BadJWTException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(NimbusText.attributes(decode(text)));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // It throws the latter for a header without "enc".
    }
  }
}
