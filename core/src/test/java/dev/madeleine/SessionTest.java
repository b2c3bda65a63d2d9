package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.countedId;
import static dev.madeleine.Scene.EXPIRE;
import static dev.madeleine.Scene.FLAGS;
import static dev.madeleine.Scene.NAME;
import static dev.madeleine.Scene.NO_STORE;
import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an application does with its session, seen through the cookie. */
@SuppressWarnings("JavaUtilDate") // One of the types that a session carries.
final class SessionTest {
  /** A bean, changed in place. */
  public static final class Basket {
    private List<String> items = new ArrayList<>();

    public List<String> getItems() {
      return items;
    }

    public void setItems(List<String> items) {
      this.items = items;
    }
  }

  private static final Attribute<Basket> BASKET = Attribute.of("basket", Basket.class);
  private static final Attribute<List<Basket>> BASKETS =
      Attribute.of("baskets", new TypeToken<List<Basket>>() {});

  // ---- attributes ----

  @Test
  void isAMapOfNamesToValues() {
    Session session = Scene.create().request();
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.names()).isEmpty();
    assertThat(session.get("a")).isNull();
    session.put("b", 1);
    session.put("a", "two");
    assertThat(session.names()).containsExactly("b", "a");
    assertThat(session.get("a")).isEqualTo("two");
    assertThat(session.isEmpty()).isFalse();
    session.put("b", 3);
    assertThat(session.names()).containsExactly("b", "a");
    session.remove("b");
    session.remove("nothing");
    assertThat(session.names()).containsExactly("a");
    session.put("a", null);
    assertThat(session.get("a")).isNull();
    assertThat(session.isEmpty()).isTrue();
  }

  @Test
  void namesAreACopy() {
    Session session = Scene.create().request();
    session.put("a", 1);
    Set<String> names = session.names();
    session.put("b", 2);
    assertThat(names).containsExactly("a");
    assertThatThrownBy(() -> names.remove("a")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aFallbackStandsInForNoValueOnly() {
    Scene scene = Scene.create().signedIn("views", 5, "name", "zoé", "list", List.of(1));
    Session session = scene.request();
    assertThat(session.get("views", 0)).isEqualTo(5);
    assertThat(session.get("visits", 7)).isEqualTo(7);
    assertThat(session.get("name", "")).isEqualTo("zoé");
    assertThat(session.get("list", List.of())).isEqualTo(List.of(1));
    assertThat(session.get("none", List.of("x"))).isEqualTo(List.of("x"));
    assertThat(session.isChanged()).isFalse();
  }

  @Test
  void aFallbackOfAnotherKindIsRefusedWithoutTheValue() {
    Session session = Scene.create().signedIn("views", "hunter2").request();
    assertThatThrownBy(() -> session.get("views", 0))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("\"views\"")
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> session.get(Attribute.of("views", Long.class)))
        .isInstanceOf(ClassCastException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesNamesThatAreNull() {
    Session session = Scene.create().request();
    List<Consumer<String>> calls =
        List.of(session::get, session::remove, name -> session.put(name, 1));
    for (Consumer<String> call : calls) {
      assertThatThrownBy(() -> call.accept(null)).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void aRefusedValueLeavesTheFormerOne() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    assertThatThrownBy(() -> session.put("a", new Object()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.put("n".repeat(129), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(session.names()).containsExactly("a");
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  void declaredAttributesComeBackAsTheirType() {
    Scene scene = Scene.with(builder -> builder.attributes(BASKET, BASKETS));
    Basket basket = new Basket();
    basket.getItems().add("tea");
    Session session = scene.request();
    session.put(BASKET, basket);
    session.put("baskets", new ArrayList<>(List.of()));
    scene.respond(session);
    Session next = scene.request();
    assertThat(next.get(BASKET).getItems()).containsExactly("tea");
    assertThat(next.get("basket")).isSameAs(next.get(BASKET));
    assertThat(next.get(BASKETS)).isEmpty();
    next.put(BASKET, null);
    assertThat(next.get(BASKET)).isNull();
    assertThatThrownBy(() -> next.put("basket", "text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- the same object throughout the request, and changes in place ----

  @Test
  void returnsTheSameObjectThroughoutTheRequest() {
    Scene scene = Scene.with(builder -> builder.attributes(BASKET));
    Session session = scene.request();
    List<String> list = new ArrayList<>(List.of("a"));
    Basket basket = new Basket();
    session.put("list", list);
    session.put(BASKET, basket);
    assertThat(session.get("list")).isSameAs(list);
    assertThat(session.get(BASKET)).isSameAs(basket);
    scene.respond(session);
    Session next = scene.request();
    Object read = next.get("list");
    assertThat(read).isNotSameAs(list).isEqualTo(list);
    assertThat(next.get("list")).isSameAs(read);
    scene.respond(next);
    assertThat(next.get("list")).isSameAs(read);
  }

  private static Scene withMutableValues() {
    Scene scene = Scene.with(builder -> builder.attributes(BASKET));
    return scene.signedIn(
        "list",
        List.of("a"),
        "map",
        Map.of("a", 1),
        "set",
        Set.of(1),
        "basket",
        new Basket(),
        "date",
        new Date(0),
        "bytes",
        new byte[] {1},
        "deep",
        List.of(Map.of("in", List.of(1))),
        "text",
        "t");
  }

  @Test
  @DisplayName("a value changed in place is found by comparing what would be sent")
  @SuppressWarnings("unchecked")
  void aChangeInPlaceIsAChange() {
    List<Consumer<Session>> changes =
        List.of(
            s -> ((List<Object>) s.get("list")).add("b"),
            s -> ((Map<String, Object>) s.get("map")).put("b", 2),
            s -> ((Set<Object>) s.get("set")).add(2),
            s -> s.get(BASKET).getItems().add("tea"),
            s -> ((Date) s.get("date")).setTime(1),
            s -> ((byte[]) s.get("bytes"))[0] = 2,
            s ->
                ((Map<String, List<Object>>) ((List<Object>) s.get("deep")).get(0))
                    .get("in")
                    .clear());
    for (Consumer<Session> change : changes) {
      Scene scene = withMutableValues();
      Session session = scene.request();
      assertThat(session.isChanged()).isFalse();
      change.accept(session);
      assertThat(session.isChanged()).isTrue();
      String before = scene.cookie;
      assertThat(scene.respond(session)).hasSize(3);
      assertThat(scene.cookie).isNotEqualTo(before);
      Session next = scene.request();
      change.accept(next);
      assertThat(next.names()).hasSize(8);
    }
  }

  @Test
  void readingMutableValuesIsNoChange() {
    Scene scene = withMutableValues();
    Session session = scene.request();
    session.names().forEach(session::get);
    assertThat(session.isChanged()).isFalse();
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  void aChangeAfterAFirstSaveIsFoundToo() {
    Scene scene = withMutableValues();
    Session session = scene.request();
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) session.get("list");
    assertThat(scene.respond(session)).containsExactly(VARY);
    list.add("b");
    assertThat(scene.respond(session)).hasSize(3);
  }

  @Test
  void aChangeOfAValueThatWasPutIsSent() {
    Scene scene = Scene.create();
    Session session = scene.request();
    List<Object> list = new ArrayList<>();
    session.put("list", list);
    list.add("late");
    scene.respond(session);
    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("list", List.of("late")));
  }

  @Test
  @SuppressWarnings("unchecked")
  void aChangeThatWasTakenBackIsNone() {
    List<Consumer<Session>> changes =
        List.of(
            s -> {
              s.put("text", "u");
              s.put("text", "t");
            },
            s -> s.put("text", "t"),
            s -> s.put("list", new ArrayList<>(List.of("a"))),
            s -> {
              s.put("new", 1);
              s.remove("new");
            },
            s -> {
              s.remove("list");
              s.put("list", List.of("a"));
            },
            s -> {
              ((List<Object>) s.get("list")).add("b");
              ((List<Object>) s.get("list")).remove("b");
            },
            s -> {
              s.clear();
              s.put("list", List.of("a"));
              s.put("map", Map.of("a", 1));
              s.put("set", Set.of(1));
              s.put("basket", new Basket());
              s.put("date", new Date(0));
              s.put("bytes", new byte[] {1});
              s.put("deep", List.of(Map.of("in", List.of(1))));
              s.put("text", "t");
            });
    for (Consumer<Session> change : changes) {
      Scene scene = withMutableValues();
      Session session = scene.request();
      change.accept(session);
      assertThat(session.isChanged()).isFalse();
      assertThat(scene.respond(session)).containsExactly(VARY);
    }
  }

  @Test
  void anEqualValueOfAnotherTypeIsAChange() {
    Scene scene = Scene.create().signedIn("n", 5);
    Session session = scene.request();
    session.put("n", 5L);
    assertThat(scene.respond(session)).hasSize(3);
    assertThat(scene.request().get("n")).isEqualTo(5L);
  }

  @Test
  void isNewUntilTheRequestEnds() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    scene.respond(session);
    assertThat(session.isNew()).isTrue();
    assertThat(scene.request().isNew()).isFalse();
  }

  // ---- id and times ----

  @Test
  void keepsIdAndCreatedTimeFromRequestToRequest() {
    Scene scene = Scene.create().signedIn("a", 1).later(100);
    Session session = scene.request();
    assertThat(session.id()).isEqualTo(countedId(1));
    assertThat(session.requestedId()).isEqualTo(countedId(1));
    assertThat(session.created()).isEqualTo(NOON);
    assertThat(session.maxIdle()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void lastAccessedIsTheRequestBefore() {
    Scene scene = Scene.create().signedIn("a", 1).later(100);
    Session second = scene.request();
    assertThat(second.lastAccessed()).isEqualTo(NOON);
    scene.respond(second);
    assertThat(second.lastAccessed()).isEqualTo(NOON);
    scene.later(100);
    assertThat(scene.request().lastAccessed()).isEqualTo(NOON.plusSeconds(100));
  }

  @Test
  void timesAreWholeMilliseconds() {
    Scene scene = Scene.create();
    scene.clock.set(NOON.plusNanos(999_999_999));
    Session session = scene.request();
    assertThat(session.created()).isEqualTo(NOON.plusMillis(999));
    assertThat(session.lastAccessed()).isEqualTo(NOON.plusMillis(999));
  }

  @Test
  void requestedIdSaysWhatCame() {
    Scene scene = Scene.create().signedIn("a", 1);
    assertThat(scene.request().requestedId()).isEqualTo(countedId(1));
    assertThat(scene.request(NAME + "=junk").requestedId()).isNull();
    assertThat(scene.request("other=1").requestedId()).isNull();
    scene.later(13 * 3600);
    Session expired = scene.request();
    assertThat(expired.requestedId()).isEqualTo(countedId(1));
    assertThat(expired.isNew()).isTrue();
  }

  @Test
  @DisplayName("changeId gives a new id and keeps everything else")
  void changeIdKeepsCreatedTimeAndAttributes() {
    Scene scene = Scene.create().signedIn("a", 1);
    String before = scene.cookie;
    scene.later(100);
    Session session = scene.request();
    String id = session.changeId();
    assertThat(id).isEqualTo(countedId(2)).isEqualTo(session.id());
    assertThat(session.requestedId()).isEqualTo(countedId(1));
    assertThat(session.isChanged()).isTrue();
    scene.respond(session);
    assertThat(scene.cookie).isNotEqualTo(before);
    assertThat(scene.sealed().id()).isEqualTo(countedId(2));
    assertThat(scene.sealed().created()).isEqualTo(NOON);
    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  @DisplayName("a login gives a new id and a new created time; attributes stay unless cleared")
  void loginGivesANewIdAndANewCreatedTime() {
    Scene scene = Scene.create().signedIn("cart", List.of("tea"));
    scene.later(1000);
    Session session = scene.request();
    session.login("zoé", 3);
    Instant now = NOON.plusSeconds(1000);
    assertThat(session.id()).isEqualTo(countedId(2));
    assertThat(session.created()).isEqualTo(now);
    assertThat(session.get("cart")).isEqualTo(List.of("tea"));
    SessionSnapshot expected =
        Fixtures.session(Map.of("cart", List.of("tea")))
            .withId(countedId(2))
            .withTimes(now, now)
            .withSubject(Subject.of("zoé", 3));
    assertThat(scene.respond(session)).containsExactly(VARY, scene.storing(expected), NO_STORE);
    Session fresh = scene.request();
    fresh.clear();
    fresh.login("zoé");
    assertThat(scene.respond(fresh)).hasSize(3);
    assertThat(scene.sealed().attributes()).isEmpty();
    assertThat(scene.sealed().subject()).isEqualTo(Subject.of("zoé", 0));
  }

  @Test
  void aLoginReplacesTheKeysOfTheOneBefore() {
    Session session = Scene.create().request();
    session.login("zoé", 3, "tenant:a", "sid:1", "sid:1");
    assertThat(session.present().keys())
        .containsExactlyInAnyOrder(ApplicationKey.of("tenant:a"), ApplicationKey.of("sid:1"));
    session.login("zoé", 3, "sid:2");
    assertThat(session.present().keys()).containsExactly(ApplicationKey.of("sid:2"));
    session.login("zoé");
    assertThat(session.present().keys()).isEmpty();
  }

  @Test
  void aLoginWithTooManyKeysChangesNothing() {
    Session session = Scene.create().request();
    String id = session.id();
    assertThatThrownBy(() -> session.login("zoé", 0, "a", "b", "c", "d", "e"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("5", "4");
    assertThat(session.id()).isEqualTo(id);
    assertThat(session.present().subject()).isNull();
  }

  @Test
  void aLoginStartsTheAbsoluteTimeoutAgain() {
    Scene scene =
        Scene.withPolicy(p -> p.withIdle(Duration.ofHours(12))).signedIn("a", 1).later(11 * 3600);
    Session session = scene.request();
    session.login("zoé");
    scene.respond(session);
    scene.later(11 * 3600);
    assertThat(scene.request().get("a")).isEqualTo(1);
    scene.later(3600);
    assertThat(scene.request().isNew()).isTrue();
  }

  // ---- keeping an empty session ----

  @Test
  void anEmptySessionIsKeptIfThatWasSaid() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.keep();
    assertThat(scene.respond(session))
        .containsExactly(
            VARY, scene.storing(Fixtures.session(Map.of()).withId(countedId(1))), NO_STORE);
    Session next = scene.request();
    assertThat(next.isNew()).isFalse();
    assertThat(next.isEmpty()).isTrue();
    assertThat(scene.respond(next)).as("unchanged").containsExactly(VARY);
    scene.later(60);
    Session due = scene.request();
    assertThat(due.isEmpty()).isTrue();
    assertThat(scene.respond(due)).as("renewal").hasSize(3);
    assertThat(scene.cookie).isNotNull();
  }

  @Test
  void aKeptSessionStaysWhenItIsEmptied() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.keep();
    session.clear();
    assertThat(scene.respond(session)).hasSize(3);
    assertThat(scene.sealed().attributes()).isEmpty();
    Session ended = scene.request();
    ended.keep();
    ended.invalidate();
    assertThat(scene.respond(ended)).containsExactly(VARY, EXPIRE, NO_STORE);
    assertThatThrownBy(ended::keep).isInstanceOf(IllegalStateException.class);
  }

  // ---- why not ----

  @Test
  void rejectionSaysWhyTheCookieWasNotAccepted() {
    Scene scene = Scene.create();
    assertThat(scene.request().rejection()).isNull();
    scene.signedIn("a", 1);
    assertThat(scene.request().rejection()).isNull();
    assertThat(scene.request(NAME + "=junk").rejection()).isEqualTo(RejectionReason.MALFORMED);
    scene.later(13 * 3600);
    Session expired = scene.request();
    assertThat(expired.rejection()).isEqualTo(RejectionReason.EXPIRED);
    assertThat(expired.exchange().isLoaded()).isTrue();
    expired.put("b", 1);
    assertThat(expired.rejection())
        .as("it is a fact of the request")
        .isEqualTo(RejectionReason.EXPIRED);
  }

  // ---- unsaved ----

  @Test
  void isUnsavedFromAChangeToTheNextSave() {
    Scene scene = Scene.create();
    Session session = scene.request();
    assertThat(session.exchange().hasUnsavedChanges()).as("not asked for").isFalse();
    assertThat(session.exchange().isLoaded()).as("asking that asks for nothing").isFalse();
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    session.put("a", new ArrayList<>());
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
    scene.respond(session);
    assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) session.get("a");
    assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    list.add(1);
    assertThat(session.exchange().hasUnsavedChanges()).as("changed in place").isTrue();
    list.clear();
    assertThat(session.exchange().hasUnsavedChanges()).as("and back").isFalse();
    session.remove("a");
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
  }

  @Test
  void isUnsavedWhenIdTimeoutOrLoginChanged() {
    List<Consumer<Session>> changes =
        List.of(
            Session::changeId,
            s -> s.login("zoé"),
            s -> s.setMaxIdle(Duration.ofMinutes(1)),
            s -> s.remember(Duration.ofMinutes(5)),
            Session::invalidate);
    for (Consumer<Session> change : changes) {
      Scene scene = Scene.withPolicy(p -> p.withRememberUpTo(Duration.ofDays(1))).signedIn("a", 1);
      Session session = scene.request();
      assertThat(session.get("a")).isEqualTo(1);
      assertThat(session.exchange().hasUnsavedChanges()).isFalse();
      change.accept(session);
      assertThat(session.exchange().hasUnsavedChanges()).isTrue();
      scene.respond(session);
      assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    }
  }

  @Test
  void askingWhetherItChangedIsNoSave() {
    Session session = Scene.create().signedIn("a", 1).request();
    session.put("a", 2);
    assertThat(session.isChanged()).isTrue();
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
    assertThat(session.isChanged()).isTrue();
  }

  @Test
  void keepingAnEmptySessionIsSomethingToSave() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.keep();
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
    scene.respond(session);
    assertThat(session.exchange().hasUnsavedChanges()).isFalse();
  }

  @Test
  void aSaveThatFailedSavedNothing() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", "x".repeat(5000));
    assertThatThrownBy(() -> scene.respond(session)).isInstanceOf(SessionTooLargeException.class);
    assertThat(session.exchange().hasUnsavedChanges()).isTrue();
  }

  // ---- idle timeout and remember ----

  @Test
  void anOwnIdleTimeoutTravelsWithTheSession() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.setMaxIdle(Duration.ofMinutes(5));
    assertThat(session.maxIdle()).isEqualTo(Duration.ofMinutes(5));
    scene.respond(session);
    assertThat(scene.sealed().maxIdle()).isEqualTo(Duration.ofMinutes(5));
    scene.later(5 * 60 + 29); // Idle, and one touch interval of 30 s.
    assertThat(scene.request().isNew()).isFalse();
    scene.later(1);
    assertThat(scene.request().isNew()).isTrue();
  }

  @Test
  void anOwnIdleTimeoutIsAChange() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.setMaxIdle(Duration.ofMinutes(30));
    assertThat(session.isChanged()).as("the same").isFalse();
    session.setMaxIdle(Duration.ofMinutes(5));
    assertThat(session.isChanged()).isTrue();
    assertThat(scene.respond(session)).hasSize(3);
  }

  @Test
  void anOwnIdleTimeoutThatWasTakenBackIsNoChange() { // change and revert
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.setMaxIdle(Duration.ofMinutes(5));
    session.setMaxIdle(Duration.ofMinutes(30));
    assertThat(session.isChanged()).isFalse();
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  void withoutIdleTimeoutTheAbsoluteOneHolds() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.setMaxIdle(Duration.ZERO);
    scene.respond(session);
    scene.later(12 * 3600 - 1);
    assertThat(scene.request().isNew()).isFalse();
    scene.later(1);
    assertThat(scene.request().isNew()).isTrue();
  }

  @Test
  @DisplayName("refuses idle timeouts that cannot be sealed")
  void refusesIdleTimeoutsThatCannotBeSealed() {
    Session session = Scene.create().request();
    for (Duration odd :
        List.of(
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            Duration.ofDays(401),
            Duration.ofNanos(1))) {
      assertThatThrownBy(() -> session.setMaxIdle(odd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(odd.toString())
          .hasMessageContaining("400 days");
    }
    session.setMaxIdle(Duration.ofDays(400));
    assertThat(session.maxIdle()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void rememberPerPolicyRefreshesMaxAgeAtEachReissue() {
    Scene scene = Scene.withPolicy(policy -> policy.withRemember(Duration.ofDays(30)));
    Session session = scene.request();
    session.put("a", 1);
    assertThat(scene.respond(session).get(1))
        .startsWith("Set-Cookie: " + NAME + "=")
        .endsWith(
            "; Path=/; Max-Age=2592000; Expires=Tue, 01 Jul 2025 12:00:00 GMT; Secure; HttpOnly;"
                + " SameSite=Lax");
    assertThat(scene.sealed().remembered()).isTrue();
    assertThat(scene.sealed().maxIdle()).isEqualTo(Duration.ofDays(30));
    scene.later(60);
    Session renewed = scene.request();
    assertThat(renewed.get("a")).isEqualTo(1);
    assertThat(scene.respond(renewed).get(1))
        .contains("; Max-Age=2592000; Expires=Tue, 01 Jul 2025 12:01:00 GMT;");
    scene.later(24 * 3600 * 29);
    Session changed = scene.request();
    changed.put("a", 2);
    assertThat(scene.respond(changed).get(1)).contains("; Max-Age=2592000;");
  }

  @Test
  void rememberPerSessionNeedsLeave() {
    Session session = Scene.create().request();
    assertThatThrownBy(() -> session.remember(Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT24H")
        .hasMessageContaining("SessionPolicy.withRememberUpTo");
    Session allowed = Scene.withPolicy(p -> p.withRememberUpTo(Duration.ofDays(7))).request();
    assertThatThrownBy(() -> allowed.remember(Duration.ofDays(7).plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration odd : List.of(Duration.ofSeconds(-1), Duration.ofMillis(10))) {
      assertThatThrownBy(() -> allowed.remember(odd)).isInstanceOf(IllegalArgumentException.class);
    }
    allowed.remember(Duration.ofDays(7));
    assertThat(allowed.maxIdle()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void rememberPerSessionRefreshesMaxAgeAtEachReissue() {
    Scene scene = Scene.withPolicy(policy -> policy.withRememberUpTo(Duration.ofDays(30)));
    Session plain = scene.request();
    plain.put("a", 1);
    assertThat(scene.respond(plain).get(1)).doesNotContain("Max-Age");
    Session session = scene.request();
    session.remember(Duration.ofDays(7));
    assertThat(scene.respond(session).get(1))
        .contains("; Path=/; Max-Age=604800; Expires=Sun, 08 Jun 2025 12:00:00 GMT; Secure");
    scene.later(24 * 3600 * 6);
    Session later = scene.request();
    assertThat(later.get("a")).as("alive beyond the absolute timeout of the others").isEqualTo(1);
    assertThat(scene.respond(later).get(1)).contains("; Max-Age=604800;");
    Session forget = scene.request();
    forget.remember(Duration.ZERO);
    assertThat(forget.maxIdle()).isEqualTo(Duration.ofMinutes(30));
    // Six days old, and no longer remembered: the absolute timeout of the others has passed.
    assertThat(scene.respond(forget).get(1)).doesNotContain("Max-Age=6");
    assertThat(scene.sealed().remembered()).isFalse();
    assertThat(scene.request().isNew()).isTrue();
  }

  @Test
  void aRememberedSessionEndsAfterTheLongestTimeAllowed() {
    Scene scene = Scene.withPolicy(policy -> policy.withRememberUpTo(Duration.ofDays(10)));
    Session session = scene.request();
    session.put("a", 1);
    session.remember(Duration.ofDays(7));
    scene.respond(session);
    scene.later(24 * 3600 * 6);
    Session used = scene.request();
    assertThat(used.get("a")).isEqualTo(1);
    scene.respond(used);
    scene.later(24 * 3600 * 4 - 1);
    assertThat(scene.request().isNew()).isFalse();
    scene.later(1);
    assertThat(scene.request().isNew()).isTrue();
  }

  // ---- cookie options for one response ----

  @Test
  void oneResponseMayOverrideTheOptions() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.changeCookie(options -> options.withSameSite(CookieOptions.SameSite.STRICT));
    session.changeCookie(options -> options.withHttpOnly(false));
    assertThat(scene.respond(session).get(1)).endsWith("; Path=/; Secure; SameSite=Strict");
    Session next = scene.request();
    next.put("a", 2);
    assertThat(scene.respond(next).get(1)).endsWith(FLAGS);
  }

  @Test
  void oneResponseCannotMoveTheCookie() {
    Session session = Scene.with(b -> b.cookie(CookieOptions.named("sid"))).request();
    for (Consumer<Session> change :
        List.<Consumer<Session>>of(
            s -> s.changeCookie(options -> CookieOptions.named("other")),
            s -> s.changeCookie(options -> options.withPath("/a")),
            s -> s.changeCookie(options -> options.withDomain("example.com")))) {
      assertThatThrownBy(() -> change.accept(session))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sid")
          .hasMessageContaining("another cookie");
    }
  }

  @Test
  void overriddenOptionsAloneAreNoReasonToSendACookie() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.changeCookie(options -> options.withSameSite(CookieOptions.SameSite.STRICT));
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  // ---- the end ----

  @Test
  void nothingCanBeDoneWithAnEndedSession() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.invalidate();
    assertThat(session.isInvalidated()).isTrue();
    List<Consumer<Session>> calls =
        List.of(
            s -> s.get("a"),
            s -> s.get("a", 1),
            s -> s.put("a", 1),
            s -> s.remove("a"),
            Session::clear,
            Session::names,
            Session::isEmpty,
            Session::isChanged,
            Session::changeId,
            s -> s.login("zoé"),
            s -> s.setMaxIdle(Duration.ZERO),
            s -> s.remember(Duration.ZERO),
            s -> s.changeCookie(c -> c),
            Session::invalidate);
    for (Consumer<Session> call : calls) {
      assertThatThrownBy(() -> call.accept(session))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("session.exchange().successor()");
    }
    assertThat(session.id()).isEqualTo(countedId(1));
    assertThat(session).hasToString("Session[invalidated]");
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
  }

  @Test
  @DisplayName("with revocation an ended session's cookie is worth nothing, without it stays valid")
  void theEndReachesTheRevocation() { // CVE-2024-31999
    Scene scene = Scene.withPolicy(policy -> policy.withRevocationInMemory(10));
    scene.signedIn("a", 1);
    String copy = scene.cookie;
    Session session = scene.request();
    session.put("late", 1);
    session.invalidate();
    scene.respond(session);
    Session replayed = scene.request(NAME + "=" + copy);
    assertThat(replayed.isNew()).isTrue();
    assertThat(scene.reasons()).containsExactly(RejectionReason.REVOKED);
    assertThat(scene.respond(replayed)).containsExactly(VARY, EXPIRE, NO_STORE);

    Scene without = Scene.create().signedIn("a", 1);
    String stolen = without.cookie;
    Session gone = without.request();
    gone.invalidate();
    without.respond(gone);
    assertThat(without.request(NAME + "=" + stolen).get("a")).isEqualTo(1);
  }

  @Test
  void theEndTellsTheHookTheStampThatCameAndWhenItExpires() {
    List<Object> calls = new ArrayList<>();
    Revocation hook =
        new Revocation() {
          @Override
          public boolean isRevoked(Stamp stamp) {
            return false;
          }

          @Override
          public void revokeSession(Stamp stamp, Instant until) {
            calls.add(stamp);
            calls.add(until);
          }

          @Override
          public void revokeSubject(String subject) {}

          @Override
          public void revokeKey(String key) {}

          @Override
          public void revokeAll() {}
        };
    Scene scene = Scene.revokedBy(hook);
    Session session = scene.request();
    session.login("zoé", 2);
    scene.respond(session);
    Session login = scene.request();
    login.login("anna");
    login.invalidate();
    assertThat(calls)
        .containsExactly(
            new Revocation.Stamp(countedId(1), NOON, Subject.of("zoé", 2), List.of()),
            NOON.plus(Duration.ofHours(12)));
    calls.clear();
    Scene fresh = Scene.revokedBy(hook);
    Session unsent = fresh.request();
    unsent.put("a", 1);
    unsent.invalidate();
    assertThat(calls).as("a session that nobody ever got").isEmpty();
  }

  @Test
  void aHookThatFailsFailsTheRequest() { // fails closed
    AtomicBoolean down = new AtomicBoolean();
    Scene scene =
        Scene.revokedBy(
            new Revocation() {
              @Override
              public boolean isRevoked(Stamp stamp) {
                if (down.get()) {
                  throw new IllegalStateException("the store is down");
                }
                return false;
              }

              @Override
              public void revokeSession(Stamp stamp, Instant until) {}

              @Override
              public void revokeSubject(String subject) {}

              @Override
              public void revokeKey(String key) {}

              @Override
              public void revokeAll() {}
            });
    scene.signedIn("a", 1);
    down.set(true);
    assertThatThrownBy(() -> scene.request().get("a")).hasMessageContaining("the store is down");
  }

  // ---- threads, words ----

  @Test
  void severalThreadsOfOneRequestMayUseIt() throws Exception {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    session.put("t" + number + "." + i % 5, i);
                    assertThat(session.names()).contains("a");
                    assertThat(scene.sessions.save(session)).hasSize(3);
                  }
                }));
      }
      for (Future<?> one : done) {
        assertThat(one.get()).isNull();
      }
    } finally {
      threads.shutdownNow();
    }
    scene.respond(session);
    assertThat(scene.sealed().attributes()).hasSize(41);
    assertThat(scene.events).isEmpty();
  }

  @Test
  void asksForTheCookieOnce() {
    List<String> asked = new ArrayList<>();
    Scene scene = Scene.create().signedIn("a", 1);
    Session session =
        scene.sessions.load(
            name -> {
              asked.add(name);
              return List.of(NAME + "=" + scene.cookie);
            });
    assertThat(asked).isEmpty();
    session.get("a");
    session.get("b");
    session.put("c", 1);
    scene.respond(session);
    assertThat(asked).containsExactly("Cookie");
  }

  @Test
  void showsHowManyAttributesAndNoMore() {
    Session session = Scene.create().signedIn("a", "hunter2", "b", 2).request();
    assertThat(session).hasToString("Session[not asked for]");
    assertThat(session.get("a")).isEqualTo("hunter2");
    assertThat(session).hasToString("Session[2 attributes]");
    session.put("c", Arrays.asList(1, null));
    assertThat(session).hasToString("Session[3 attributes]");
  }

  @Test
  void carriesNullsInListsAndMaps() {
    Map<String, Object> map = new HashMap<>();
    map.put("a", null);
    Scene scene =
        Scene.create()
            .signedIn(
                "list",
                Arrays.asList(1, null),
                "map",
                map,
                "set",
                new HashSet<>(Arrays.asList(1, null)));
    Session session = scene.request();
    assertThat(session.get("list")).isEqualTo(Arrays.asList(1, null));
    assertThat(session.get("map")).isEqualTo(map);
    assertThat(session.get("set")).isEqualTo(new HashSet<>(Arrays.asList(1, null)));
  }
}
