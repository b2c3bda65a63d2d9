package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.madeleine.Attribute;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields of declared classes that no getter shows: what they hold never gets lost silently. */
@SuppressWarnings("UnusedVariable") // They are read by reflection.
final class HiddenFieldsTest {
  /** What every class here shows. */
  static class Named {
    private String name = "";

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }

  static final class WithHidden extends Named {
    private int discount;
  }

  static class Base extends Named {
    private int inherited;
  }

  static final class Inheriting extends Base {
    private final List<WithHidden> items = List.of();

    public List<WithHidden> getItems() {
      return items;
    }
  }

  static final class WithCache extends Named {
    private transient int hash;
  }

  static final class Derived {
    private final String mName;
    private final boolean isShort;
    private final int length;

    @JsonCreator
    Derived(@JsonProperty("name") String name) {
      mName = name;
      length = name.length();
      isShort = length < 9;
    }

    public String getName() {
      return mName;
    }

    public boolean isShort() {
      return isShort;
    }
  }

  static final class ByName extends Named {
    private int visits;

    @Override
    public boolean equals(Object other) {
      return other instanceof ByName named && named.getName().equals(getName());
    }

    @Override
    public int hashCode() {
      return getName().hashCode();
    }
  }

  static final class Parented extends Named {
    private Parented parent;
  }

  record Order(List<WithHidden> items) {}

  static final class AlsoHidden extends Named {
    private int discount = 1;

    @JsonIgnore private int ignored;
  }

  /** A getter that shows another value than the field has. */
  static final class Lazy {
    private @Nullable List<String> items;

    public List<String> getItems() {
      return items == null ? List.of() : items;
    }

    public void setItems(List<String> items) {
      this.items = items;
    }
  }

  private static final Attribute<?> NONE = Attribute.of("y", String.class);

  private static void put(Attribute<?> attribute, Object value) {
    JsonSerializer.PLAIN.withAttributes(attribute, NONE).check(attribute.name(), value);
  }

  @Test
  void aFieldWithoutAGetterThatWouldGetLostIsRefusedByName() {
    WithHidden value = new WithHidden();
    value.discount = 5;
    assertThatThrownBy(() -> put(Attribute.of("x", WithHidden.class), value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attribute \"x\", declared as dev.madeleine.json.HiddenFieldsTest.WithHidden.class, comes back different: dev.madeleine.json.HiddenFieldsTest$WithHidden.discount has no getter, so it is not written; give it a getter and a setter or constructor parameter, or make it transient if it may get lost");
  }

  static final class Repaired extends Named {
    private int discount;

    public int getDiscount() {
      return discount;
    }

    public void setDiscount(int discount) {
      this.discount = discount;
    }
  }

  @Test
  void aGetterAndASetterHelp() {
    Repaired value = new Repaired();
    value.setDiscount(5);
    assertThatCode(() -> put(Attribute.of("x", Repaired.class), value)).doesNotThrowAnyException();
  }

  @Test
  void eachClassIsJudgedByItsOwnFields() {
    Attribute<Lazy> lazy = Attribute.of("lazy", Lazy.class);
    Attribute<AlsoHidden> also = Attribute.of("also", AlsoHidden.class);
    Attribute<WithHidden> hidden = Attribute.of("x", WithHidden.class);
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(lazy, also, hidden);
    AlsoHidden ignoring = new AlsoHidden();
    ignoring.ignored = 9;
    json.check("also", ignoring);
    json.check("lazy", new Lazy());
    WithHidden value = new WithHidden();
    value.discount = 5;
    assertThatThrownBy(() -> json.check("x", value)).hasMessageContaining("WithHidden.discount");
    ignoring.discount = 2;
    assertThatThrownBy(() -> json.check("also", ignoring))
        .hasMessageContaining("AlsoHidden.discount has no getter");
  }

  @Test
  void oneDeepInsideIsFoundToo() {
    WithHidden item = new WithHidden();
    item.discount = 5;
    assertThatThrownBy(
            () -> put(Attribute.of("x", Order.class), new Order(List.of(new WithHidden(), item))))
        .hasMessageContaining("WithHidden.discount has no getter");
  }

  @Test
  void oneOfASuperclassIsFoundToo() {
    Inheriting value = new Inheriting();
    ((Base) value).inherited = 1;
    assertThatThrownBy(() -> put(Attribute.of("x", Inheriting.class), value))
        .hasMessageContaining("HiddenFieldsTest$Base.inherited has no getter");
  }

  @Test
  void oneThatRefersBackIsRefusedToo() {
    Parented value = new Parented();
    value.parent = value;
    assertThatThrownBy(() -> put(Attribute.of("x", Parented.class), value))
        .hasMessageContaining("make it transient");
  }

  @Test
  void whatComesBackAllTheSameIsTaken() {
    assertThatCode(() -> put(Attribute.of("x", WithHidden.class), new WithHidden()))
        .doesNotThrowAnyException();
    assertThatCode(() -> put(Attribute.of("x", Derived.class), new Derived("Combray")))
        .doesNotThrowAnyException();
    Parented alone = new Parented();
    alone.setName("Marcel");
    assertThatCode(() -> put(Attribute.of("x", Parented.class), alone)).doesNotThrowAnyException();
  }

  @Test
  void aTransientFieldMayGetLost() {
    WithCache value = new WithCache();
    value.hash = 7;
    assertThatCode(() -> put(Attribute.of("x", WithCache.class), value)).doesNotThrowAnyException();
  }

  @Test
  void aClassWithItsOwnEqualsSaysItselfWhatCounts() {
    ByName value = new ByName();
    value.visits = 3;
    assertThatCode(() -> put(Attribute.of("x", ByName.class), value)).doesNotThrowAnyException();
  }

  @Test
  void whatIsWrittenStaysWhatGettersShow() {
    WithHidden value = new WithHidden();
    value.setName("Gilberte");
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(Attribute.of("x", WithHidden.class));
    json.check("x", value);
    assertThat(json.toBytes(Map.of("x", value)))
        .asString()
        .isEqualTo("{\"x\":{\"~own\":{\"name\":\"Gilberte\"}}}");
  }
}
