package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributeTest {
  @Test
  void hasANameAndAType() {
    Attribute<Integer> views = Attribute.of("views", Integer.class);
    assertThat(views.name()).isEqualTo("views");
    assertThat(views.type()).isEqualTo(Integer.class);
    assertThat(views).hasToString("Attribute[views: java.lang.Integer]");
    Attribute<List<String>> words = Attribute.of("words", new TypeReference<List<String>>() {});
    assertThat(words.type().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
  }

  @Test
  void refusesPrimitiveTypes() {
    assertThatThrownBy(() -> Attribute.of("views", int.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"views\"")
        .hasMessageContaining("int");
  }

  @Test
  void refusesNothingAsNameOrType() {
    assertThatThrownBy(() -> Attribute.of(null, String.class))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Attribute.of("a", (Class<String>) null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void castsToItsTypeOrSaysWhatIsThere() { // never the value
    Attribute<Integer> views = Attribute.of("views", Integer.class);
    assertThat(views.cast(5)).isEqualTo(5);
    assertThat(views.cast(null)).isNull();
    assertThatThrownBy(() -> views.cast("hunter2"))
        .isInstanceOf(ClassCastException.class)
        .hasMessage(
            "attribute \"views\" is declared as java.lang.Integer, the session holds a java.lang.String");
  }

  @Test
  void namesAreShownCutAndWithoutControlCharacters() {
    assertThat(Attribute.printable("cart")).isEqualTo("cart");
    assertThat(Attribute.printable("n".repeat(40))).isEqualTo("n".repeat(40));
    assertThat(Attribute.printable("n".repeat(41))).isEqualTo("n".repeat(40) + "…");
    assertThat(Attribute.printable("a\r\n\t\0\u001b\u007fb")).isEqualTo("a??????b");
    assertThat(Attribute.printable("a\u2028\u2029b")).isEqualTo("a??b");
    assertThat(Attribute.printable("a\ud83cb\udf6a")).isEqualTo("a?b?");
    assertThat(Attribute.printable("n".repeat(39) + "🍪")).isEqualTo("n".repeat(39) + "?…");
    assertThat(Attribute.printable("é🍪")).isEqualTo("é🍪");
  }

  @Test
  void theSecondSetOfControlCharactersIsNotShownEither() { // U+0085 breaks lines, U+009B starts an
    // escape
    assertThat(Attribute.printable("a\u0085b\u009b31mc")).isEqualTo("a?b?31mc");
  }
}
