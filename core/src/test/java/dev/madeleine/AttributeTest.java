package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributeTest {
  @Test
  void hasANameAndAType() {
    Attribute<Integer> views = Attribute.of("views", Integer.class);
    assertThat(views.name()).isEqualTo("views");
    assertThat(views.type()).isEqualTo(Integer.class);
    assertThat(views).hasToString("Attribute[views: java.lang.Integer]");
    Attribute<List<String>> words = Attribute.of("words", new TypeToken<List<String>>() {});
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
            "attribute \"views\" is declared as java.lang.Integer, the session holds a java.lang.String;"
                + " declare it where the sessions are built, SessionsBuilder.attributes(Attribute.of(\"views\", Integer.class)),"
                + " and one that does not fit is unreadable and reads as null, or remove it");
  }
}
