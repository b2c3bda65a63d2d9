package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A value of the session is changed by another thread of the request while it is written. */
final class ConcurrentChangeTest {
  /** A bean whose list is seen in the middle of a change so many times. */
  public static final class Basket {
    private List<String> items = new ArrayList<>();
    private int changing;

    public List<String> getItems() {
      if (changing > 0) {
        changing--;
        throw new ConcurrentModificationException("hunter2");
      }
      return items;
    }

    public void setItems(List<String> newItems) {
      items = newItems;
    }
  }

  private static final Attribute<Basket> BASKET = Attribute.of("basket", Basket.class);

  private static Scene scene() {
    return Scene.serializing(JsonSerializer.PLAIN.withAttributes(BASKET));
  }

  @Test
  void aSessionIsSavedWhenTheChangeIsOver() {
    for (boolean isNew : new boolean[] {true, false}) {
      Scene scene = isNew ? scene() : scene().signedIn("basket", new Basket());
      Session session = scene.request();
      Basket basket = new Basket();
      session.put(BASKET, basket);
      basket.items.add("tea");
      basket.changing = AttributeMap.ATTEMPTS - 1;
      scene.respond(session);
      assertThat(scene.events).isEmpty();
      assertThat(scene.request().get(BASKET).getItems()).containsExactly("tea");
    }
  }

  @Test
  void aSessionThatNeverHoldsStillStaysAsItWasSavedBefore() {
    Scene scene = scene();
    Session session = scene.request();
    Basket basket = new Basket();
    session.put(BASKET, basket);
    List<String> before = scene.respond(session);
    basket.items.add("tea");
    basket.changing = Integer.MAX_VALUE;
    assertThat(session.isChanged()).isTrue();
    assertThat(scene.respond(session)).isEqualTo(before);
    assertThat(scene.respond(session)).isEqualTo(before);
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
    assertThat(scene.events)
        .containsExactly(new SessionEvent.SaveGivenUp(Scene.NAME, AttributeMap.ATTEMPTS));
    assertThat(scene.events.get(0).message()).doesNotContain("hunter2");
    assertThat(scene.request().get(BASKET).getItems()).isEmpty();
    basket.changing = 0;
    scene.respond(session);
    assertThat(scene.request().get(BASKET).getItems()).containsExactly("tea");
  }

  @Test
  void aSessionThatWasNeverSavedSendsNothing() {
    Scene scene = scene().signedIn("user", "marcel", "basket", new Basket());
    Session session = scene.request();
    session.get(BASKET).changing = Integer.MAX_VALUE;
    assertThat(scene.respond(session)).containsExactly(Scene.VARY);
    assertThat(scene.request().get("user")).isEqualTo("marcel");
  }

  @Test
  void aValueThatNeverHoldsStillIsRefusedWhenItIsPut() {
    Session session = scene().request();
    Basket basket = new Basket();
    basket.changing = Integer.MAX_VALUE;
    assertThatThrownBy(() -> session.put(BASKET, basket))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attribute \"basket\" was changed by another thread")
        .hasMessageContaining("put a copy of it")
        .hasMessageNotContaining("hunter2");
    assertThat(session.get(BASKET)).isNull();
    basket.changing = 1;
    session.put(BASKET, basket);
    assertThat(session.get(BASKET)).isSameAs(basket);
  }

  /** A list that ends before it should, or goes on. */
  private static final class Torn extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    private int torn;

    Torn(List<String> elements, int torn) {
      super(elements);
      this.torn = torn;
    }

    @Override
    public Iterator<String> iterator() {
      return torn-- > 0 ? List.of("half").iterator() : super.iterator();
    }
  }

  @Test
  void halfOfAChangeIsNotSaved() {
    JsonSerializer json = JsonSerializer.PLAIN;
    List<String> list = Collections.unmodifiableList(new Torn(List.of("a", "b"), 1));
    assertThatThrownBy(() -> json.toBytes(Map.of("list", list)))
        .isInstanceOf(ConcurrentModificationException.class)
        .hasMessageContaining("\"list\" was changed by another thread");
    assertThat(json.toBytes(Map.of("list", list)))
        .isEqualTo(Fixtures.utf8("{\"list\":[\"a\",\"b\"]}"));
  }

  @Test
  void anotherThreadNeverFailsARequest() throws InterruptedException {
    Scene scene = Scene.create().signedIn("list", new ArrayList<>(List.of(0)));
    for (int i = 0; i < 100; i++) {
      Session session = scene.request();
      @SuppressWarnings("unchecked") // It was put above.
      List<Integer> list = (List<Integer>) session.get("list");
      AtomicBoolean over = new AtomicBoolean();
      Thread other =
          new Thread(
              () -> {
                while (!over.get()) {
                  list.add(list.size());
                  if (list.size() > 50 || ThreadLocalRandom.current().nextInt(10) == 0) {
                    list.clear();
                  }
                }
              });
      other.start();
      try {
        session.put("n", i);
      } finally {
        scene.respond(session);
        over.set(true);
        other.join();
      }
      assertThat(scene.sealed().attributes()).containsKey("list");
    }
    assertThat(scene.events).allMatch(event -> event instanceof SessionEvent.SaveGivenUp);
  }
}
