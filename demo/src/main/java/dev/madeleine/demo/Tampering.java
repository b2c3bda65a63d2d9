package dev.madeleine.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The attempt of somebody who holds a cookie but no key: one character is changed, so that the JSON
 * tells another number.
 *
 * @param at position of the character
 * @param before the character that was there
 * @param text the whole text with another one
 */
record Tampering(int at, char before, String text) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** An attempt on this text, whose parts are known. */
  static Tampering with(String text, Anatomy anatomy, Random random) {
    byte[] json = anatomy.payload();
    List<Integer> digits = new ArrayList<>();
    for (int i = 0; i < json.length; i++) {
      if (isDigit(json[i])) {
        digits.add(i);
      }
    }
    Collections.shuffle(digits, random);
    for (int digit : digits) {
      List<Tampering> attempts = changing(text, anatomy, digit);
      if (!attempts.isEmpty()) {
        return attempts.get(random.nextInt(attempts.size()));
      }
    }
    int at = anatomy.jsonStart();
    return change(text, at, text.charAt(at) == 'A' ? 'B' : 'A');
  }

  /** The changes of one character that make another digit of this byte and touch nothing else. */
  private static List<Tampering> changing(String text, Anatomy anatomy, int digit) {
    byte[] json = anatomy.payload();
    List<Tampering> attempts = new ArrayList<>();
    for (int at = anatomy.firstCharacterOf(digit); at <= anatomy.lastCharacterOf(digit); at++) {
      for (int i = 0; i < ALPHABET.length(); i++) {
        char other = ALPHABET.charAt(i);
        Tampering attempt = change(text, at, other);
        Anatomy forged = Anatomy.of(attempt.text());
        if (other == attempt.before() || forged == null) {
          continue;
        }
        byte[] expected = json.clone();
        byte[] found = forged.payload();
        expected[digit] = found[digit];
        if (isDigit(found[digit])
            && found[digit] != '0' // Few numbers begin with it.
            && Arrays.equals(expected, found)
            && forged.seal().equals(anatomy.seal())) {
          attempts.add(attempt);
        }
      }
    }
    return attempts;
  }

  private static Tampering change(String text, int at, char other) {
    return new Tampering(
        at, text.charAt(at), text.substring(0, at) + other + text.substring(at + 1));
  }

  /** The character that is there now. */
  char after() {
    return text.charAt(at);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
