package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcmaNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1.0, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
    "4.35, 4.35",
    "12345678.9, 12345678.9",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "-1.5e-7, -1.5e-7",
    "1e16, 10000000000000000",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "9.223372036854775807E18, 9223372036854776000",
    // Where Double.toString of some or all JDKs has other digits.
    "2e23, 2e+23",
    "1e23, 1e+23",
    "5e-324, 5e-324",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "2.0E-3, 0.002",
    "9007199254740993, 9007199254740992",
    "5.0E-321, 5e-321"
  })
  void printsNumbersAsJavaScriptDoes(double number, String text) {
    assertThat(EcmaNumber.toString(number)).isEqualTo(text);
  }

  @Test
  void printsTheFewestDigitsThatAreReadAsTheSameNumber() {
    Random random = new Random(262);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        String text = EcmaNumber.toString(number);
        assertThat(Double.parseDouble(text)).isEqualTo(number);
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        int javas = new BigDecimal(Double.toString(number)).stripTrailingZeros().precision();
        assertThat(digits).isLessThanOrEqualTo(javas);
      }
    }
  }

  @Test
  void readsANumberAsTheTypeThatIsWrittenAgain() {
    assertThat(EcmaNumber.fromJavaScript(7)).isEqualTo(7);
    assertThat(EcmaNumber.fromJavaScript(-0.0)).isEqualTo(0);
    assertThat(EcmaNumber.fromJavaScript(-2147483648.0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(EcmaNumber.fromJavaScript(2147483648.0)).isEqualTo(2147483648L);
    assertThat(EcmaNumber.fromJavaScript(0x1p53)).isEqualTo(9007199254740992L);
    assertThat(EcmaNumber.fromJavaScript((double) 1234567890123456768L))
        .isEqualTo(1234567890123456800L);
    assertThat(EcmaNumber.fromJavaScript(0x1p63)).isEqualTo(0x1p63);
    assertThat(EcmaNumber.fromJavaScript(0.5)).isEqualTo(0.5);
    assertThat(EcmaNumber.fromJavaScript(1e300)).isEqualTo(1e300);
  }

  @Test
  void knowsTheIntegersThatJavaScriptDoesNotRound() {
    assertThat(EcmaNumber.isExact(1L << 53)).isTrue();
    assertThat(EcmaNumber.isExact((1L << 53) + 1)).isFalse();
    assertThat(EcmaNumber.isExact(1234567890123456800L)).isTrue();
    assertThat(EcmaNumber.isExact(1234567890123456768L)).isFalse(); // It is printed as …800.
    assertThat(EcmaNumber.isExact(Long.MAX_VALUE)).isFalse();
    assertThat(EcmaNumber.isExact(Long.MIN_VALUE)).isFalse();
  }
}
