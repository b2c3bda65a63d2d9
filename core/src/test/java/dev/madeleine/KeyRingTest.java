package dev.madeleine;

import static dev.madeleine.Fixtures.KEY;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Fixtures.STRANGE_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRingTest {
  private static final String ONE =
      "base64:" + Base64.getEncoder().encodeToString(Fixtures.secret("one"));
  private static final String TWO = "hex:" + HexFormat.of().formatHex(Fixtures.secret("two"));

  @Test
  void signsWithTheKeyThatWasNamed() {
    KeyRing ring = KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY, STRANGE_KEY);
    assertThat(ring.signingKey()).isEqualTo(KEY);
    assertThat(ring.olderKeys()).containsExactly(OLD_KEY, STRANGE_KEY);
  }

  @Test
  void addingKeysLeavesTheRingThatWas() {
    KeyRing ring = KeyRing.signingWith(KEY);
    KeyRing larger = ring.alsoAccepting(OLD_KEY).alsoAccepting(STRANGE_KEY);
    assertThat(ring.olderKeys()).isEmpty();
    assertThat(larger.olderKeys()).containsExactly(OLD_KEY, STRANGE_KEY);
    assertThat(larger.signingKey()).isEqualTo(KEY);
  }

  @Test
  void theListOfOlderKeysCannotBeChanged() {
    KeyRing ring = KeyRing.signingWith(KEY);
    assertThatThrownBy(() -> ring.olderKeys().add(OLD_KEY))
        .isInstanceOf(UnsupportedOperationException.class);
    MasterKey[] older = {OLD_KEY};
    KeyRing larger = ring.alsoAccepting(older);
    older[0] = STRANGE_KEY;
    assertThat(larger.olderKeys()).containsExactly(OLD_KEY);
  }

  @Test
  void parsesSeveralKeysOfWhichTheFirstSigns() {
    KeyRing ring = KeyRing.parse(ONE + "," + TWO);
    assertThat(ring.signingKey()).isEqualTo(KEY);
    assertThat(ring.olderKeys()).containsExactly(OLD_KEY);
    assertThat(KeyRing.parse(" " + TWO + " ,\n" + ONE + "\n").signingKey()).isEqualTo(OLD_KEY);
    assertThat(KeyRing.parse(ONE).olderKeys()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\n"})
  @DisplayName("a ring without keys cannot be made")
  void refusesNoKeys(String text) {
    assertThatThrownBy(() -> KeyRing.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no keys")
        .hasMessageEndingWith(MasterKey.ONE_LINER);
  }

  @Test
  @DisplayName("the signing key is always in the ring, because it makes the ring")
  void refusesAMissingSigningKey() {
    assertThatThrownBy(() -> KeyRing.signingWith(nothing()))
        .isInstanceOf(NullPointerException.class);
  }

  @SuppressWarnings("NullAway")
  private static MasterKey nothing() {
    return null;
  }

  @Test
  void aBadKeyIsNamedByItsPlaceOnly() {
    String shortKey = "base64:" + Base64.getEncoder().encodeToString(new byte[16]);
    assertThatThrownBy(() -> KeyRing.parse(ONE + "," + shortKey + "," + TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key 2 of 3")
        .hasMessageContaining("16 bytes")
        .hasMessageEndingWith(MasterKey.ONE_LINER)
        .hasMessageNotContaining(ONE.substring(10, 20));
    for (String text : new String[] {ONE + ",", "," + ONE, ONE + ",," + TWO, ",", ONE + ", "}) {
      assertThatThrownBy(() -> KeyRing.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no key")
          .hasMessageEndingWith(MasterKey.ONE_LINER);
    }
  }

  @Test
  void namesWhatHasStrayedIntoAListOfKeys() {
    assertThatThrownBy(() -> KeyRing.parse('"' + ONE + "," + TWO + '"'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key 1 of 2: a key of 52 characters begins with a quotation mark");
    assertThatThrownBy(() -> KeyRing.parse("\ufeff" + ONE))
        .hasMessageContaining("begins with a byte order mark");
    assertThatThrownBy(() -> KeyRing.parse(ONE + "\n" + TWO))
        .hasMessageStartingWith("key 1 of 1 (keys are separated by commas)")
        .hasMessageContaining("contains a line break")
        .hasMessageNotContaining(ONE.substring(10, 20));
    assertThat(KeyRing.parse(ONE + ",\n" + TWO).olderKeys()).containsExactly(OLD_KEY);
  }

  @Test
  void refusesOneKeyTwice() {
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).alsoAccepting(KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY.id())
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY, OLD_KEY))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY).alsoAccepting(OLD_KEY))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> KeyRing.parse(ONE + "," + TWO + "," + ONE))
        .hasMessageContaining("twice")
        .hasMessageNotContaining(ONE.substring(10, 20));
  }

  @Test
  @DisplayName("refuses two keys with the same id")
  void refusesTwoKeysWithOneId() {
    MasterKey key = Fixtures.key("c65407"); // Found by search among the keys of this family.
    MasterKey twin = Fixtures.key("c82479");
    assertThat(key).isNotEqualTo(twin);
    assertThat(key.id()).isEqualTo(twin.id());
    assertThatThrownBy(() -> KeyRing.signingWith(key).alsoAccepting(twin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two different keys have the id " + key.id());
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).alsoAccepting(twin, key))
        .hasMessageContaining("two different keys");
  }

  @Test
  void showsKeyIdsOnly() {
    assertThat(KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY))
        .hasToString("KeyRing[signing " + KEY.id() + ", accepting 1 older]");
  }

  @Test
  void marksKeysOfWhichNoSessionShouldBeLeft() {
    KeyRing ring = KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY).alsoAcceptingLate(STRANGE_KEY);
    assertThat(ring.olderKeys()).containsExactly(OLD_KEY, STRANGE_KEY);
    assertThat(ring.isLate(STRANGE_KEY)).isTrue();
    assertThat(ring.isLate(OLD_KEY)).isFalse();
    assertThat(ring.isLate(KEY)).isFalse();
    assertThatThrownBy(() -> ring.alsoAcceptingLate(OLD_KEY)).hasMessageContaining("twice");
    assertThat(ring)
        .hasToString("KeyRing[signing " + KEY.id() + ", accepting 2 older, of which 1 late]");
  }

  @Test
  void whatIsRevokedStaysRevokedWhenKeysAreAdded() {
    KeyRing ring =
        KeyRing.signingWith(KEY)
            .revoking(STRANGE_KEY.id())
            .alsoAcceptingLate(OLD_KEY)
            .alsoAccepting(Fixtures.key("four"));
    assertThat(ring.revokedIds()).containsExactly(STRANGE_KEY.id());
    assertThat(ring.isLate(OLD_KEY)).isTrue();
    assertThat(ring.revoking(Fixtures.key("five").id()).revokedIds()).hasSize(2);
    assertThat(ring)
        .hasToString(
            "KeyRing[signing " + KEY.id() + ", accepting 2 older, of which 1 late, 1 revoked]");
  }

  @Test
  void refusesAKeyThatIsRevokedAndAccepted() {
    for (MasterKey key : new MasterKey[] {KEY, OLD_KEY}) {
      assertThatThrownBy(() -> KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY).revoking(key.id()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(key.id())
          .hasMessageContaining("revoked");
    }
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).revoking(OLD_KEY.id()).alsoAccepting(OLD_KEY))
        .hasMessageContaining("revoked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1a2b3c4", "1a2b3c4d5", "1A2B3C4D", "base64:AyM1SysPpbyDfgZld3umj1qz"})
  void anIdThatIsNoneIsRefusedAndNotRepeated(String id) {
    assertThatThrownBy(() -> KeyRing.signingWith(KEY).revoking(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key id of %s characters; it must be 8 lower-case hex digits", id.length());
  }

  @Test
  void isEqualToARingThatDoesTheSame() {
    KeyRing ring = KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY).revoking(STRANGE_KEY.id());
    KeyRing same = KeyRing.parse(ONE + "," + TWO).revoking(STRANGE_KEY.id());
    assertThat(ring).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(null);
    assertThat(ring)
        .isNotEqualTo(KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY))
        .isNotEqualTo(KeyRing.signingWith(KEY).revoking(STRANGE_KEY.id()))
        .isNotEqualTo(KeyRing.signingWith(OLD_KEY).alsoAccepting(KEY).revoking(STRANGE_KEY.id()))
        .isNotEqualTo(
            KeyRing.signingWith(KEY).alsoAcceptingLate(OLD_KEY).revoking(STRANGE_KEY.id()));
  }
}
