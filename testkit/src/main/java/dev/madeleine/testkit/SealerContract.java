package dev.madeleine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sealer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Sealer} has to do; a subclass says which. */
public abstract class SealerContract {
  private static final byte[] SUBKEY = subkey(5);
  private static final int HEADER = 33;

  /** The sealer that is tested. */
  protected abstract Sealer sealer();

  private static byte[] subkey(int seed) {
    byte[] subkey = new byte[32];
    new Random(seed).nextBytes(subkey);
    return subkey;
  }

  /** A sealed token with this payload in an array of exactly its length. */
  private byte[] token(Sealer.Keyed keyed, byte[] payload) {
    byte[] token =
        new byte[HEADER + sealer().nonceLength() + payload.length + sealer().tagLength()];
    Arrays.fill(token, 0, HEADER, (byte) 7);
    System.arraycopy(payload, 0, token, HEADER + sealer().nonceLength(), payload.length);
    keyed.seal(token, HEADER, token.length);
    return token;
  }

  private byte[] payloadOf(byte[] token) {
    int start = HEADER + sealer().nonceLength();
    return Arrays.copyOfRange(token, start, token.length - sealer().tagLength());
  }

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i * 31 + 5);
    }
    return payload;
  }

  @Test
  void hasAnAlgorithmNameForTheKeyDerivation() {
    assertThat(sealer().algorithm()).isNotBlank().isEqualTo(sealer().algorithm());
  }

  @Test
  void unsealsWhatItSealedAtEveryLength() {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    for (int length = 0; length < 200; length++) {
      byte[] token = token(keyed, payload(length));
      assertThat(keyed.unseal(token, HEADER, token.length)).as("%s bytes", length).isTrue();
      assertThat(payloadOf(token)).isEqualTo(payload(length));
    }
  }

  @Test
  void leavesTheHeaderReadable() {
    byte[] token = token(sealer().keyed(SUBKEY), payload(40));
    assertThat(Arrays.copyOf(token, HEADER)).containsOnly(7);
  }

  @Test
  void hidesThePayloadIfItSaysSo() {
    byte[] token = token(sealer().keyed(SUBKEY), payload(40));
    assertThat(Arrays.equals(payloadOf(token), payload(40))).isEqualTo(!sealer().encrypts());
  }

  @Test
  void rejectsEverySingleBitFlip() {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    byte[] token = token(keyed, payload(40));
    for (int bit = 0; bit < 8 * token.length; bit++) {
      byte[] changed = token.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(keyed.unseal(changed, HEADER, changed.length)).as("bit %s", bit).isFalse();
    }
  }

  @Test
  void rejectsATagOfOneByteValue() {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    for (int value = 0; value < 256; value++) {
      byte[] token = token(keyed, payload(40));
      Arrays.fill(token, token.length - sealer().tagLength(), token.length, (byte) value);
      assertThat(keyed.unseal(token, HEADER, token.length)).as("tag of %s", value).isFalse();
    }
  }

  @Test
  void rejectsATokenThatLostOrGainedBytes() {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    byte[] token = token(keyed, payload(40));
    int shortest = HEADER + sealer().nonceLength() + sealer().tagLength();
    for (int length = shortest; length < token.length; length++) {
      assertThat(keyed.unseal(token.clone(), HEADER, length)).as("%s bytes", length).isFalse();
    }
    for (int more = 1; more < 70; more++) {
      byte[] longer = Arrays.copyOf(token, token.length + more);
      assertThat(keyed.unseal(longer, HEADER, longer.length)).as("%s more", more).isFalse();
    }
  }

  @Test
  void rejectsTheTokenOfAnotherSubkey() {
    byte[] token = token(sealer().keyed(subkey(6)), payload(40));
    assertThat(sealer().keyed(SUBKEY).unseal(token, HEADER, token.length)).isFalse();
  }

  @Test
  void copiesTheSubkey() {
    byte[] subkey = SUBKEY.clone();
    Sealer.Keyed keyed = sealer().keyed(subkey);
    Arrays.fill(subkey, (byte) 0);
    byte[] token = token(keyed, payload(40));
    assertThat(sealer().keyed(SUBKEY).unseal(token, HEADER, token.length)).isTrue();
  }

  @Test
  void looksAtNothingBehindTheToken() {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    byte[] token = token(keyed, payload(40));
    byte[] longer = Arrays.copyOf(token, token.length + 50);
    Arrays.fill(longer, token.length, longer.length, (byte) 0x55);
    assertThat(keyed.unseal(longer, HEADER, token.length)).isTrue();
    assertThat(Arrays.copyOfRange(longer, token.length, longer.length)).containsOnly(0x55);
  }

  @Test
  void servesSeveralThreadsAtOnce() throws Exception {
    Sealer.Keyed keyed = sealer().keyed(SUBKEY);
    Callable<Boolean> rounds =
        () -> {
          boolean good = true;
          for (int i = 0; i < 2000; i++) {
            byte[] payload = payload(i % 97);
            byte[] token = token(keyed, payload);
            good &= keyed.unseal(token, HEADER, token.length);
            good &= Arrays.equals(payload, payloadOf(token));
          }
          return good;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> eight = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        eight.add(rounds);
      }
      for (Future<Boolean> result : threads.invokeAll(eight)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
