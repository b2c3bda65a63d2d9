package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The secret keys of a PKCS#12 key store (RFC 7292). The alias of each says from when on it signs,
 * because an alias is all that every tool lets an operator write: {@code 2026-07-01} (midnight UTC)
 * or {@code 2026-07-01T12:00:00Z}. All keys in the store are accepted; deleting an entry ends it.
 * While no time has come, the first key signs.
 */
final class KeyStoreKeys implements RingOverTime {
  private final NavigableMap<Instant, MasterKey> keys = new TreeMap<>(Comparator.reverseOrder());

  /**
   * The keys in the content of a key store file.
   *
   * @param password of the store and of its entries; wiped
   * @throws IllegalArgumentException naming the alias that is wrong
   */
  KeyStoreKeys(byte[] content, char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content), password);
      for (String alias : Collections.list(store.aliases())) {
        if (keys.put(signsFrom(alias), key(alias, store.getKey(alias, password))) != null) {
          throw new IllegalArgumentException(
              "two aliases mean the same moment as \"" + alias + "\"; change one");
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      // The cause is not kept: whatever a provider says is not known to keep secrets.
      throw new IllegalArgumentException(
          "is no PKCS#12 key store, or its password is another one ("
              + e.getClass().getSimpleName()
              + ")");
    } finally {
      Arrays.fill(password, ' ');
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "has no entry. Make one with: keytool -genseckey -storetype PKCS12 -keyalg HmacSHA256 -keysize 256 -alias 2026-07-01 -keystore …");
    }
  }

  private static Instant signsFrom(String alias) {
    try {
      String text = alias.toUpperCase(Locale.ROOT); // Key stores write aliases in lower case.
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "alias \"%s\" must say from when on the key signs: 2026-07-01 or 2026-07-01T12:00:00Z"
              .formatted(alias),
          e);
    }
  }

  private static MasterKey key(String alias, @Nullable Key key) {
    byte[] secret = key instanceof SecretKey ? key.getEncoded() : null;
    if (secret == null) {
      throw new IllegalArgumentException("alias \"" + alias + "\" is no secret key");
    }
    try {
      return MasterKey.of(secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("alias \"" + alias + "\": " + e.getMessage(), e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public KeyRing ring(Instant now) {
    NavigableMap<Instant, MasterKey> begun = keys.tailMap(now, true); // In falling order.
    MasterKey signing = (begun.isEmpty() ? keys.lastEntry() : begun.firstEntry()).getValue();
    return KeyRing.signingWith(signing)
        .alsoAccepting(
            keys.values().stream().filter(key -> !key.equals(signing)).toArray(MasterKey[]::new));
  }

  @Override
  public @Nullable Instant changesAfter(Instant now) {
    return keys.lowerKey(now); // The next later one: the order is falling.
  }
}
