package dev.madeleine.servlet;

import static dev.madeleine.servlet.TomcatServer.cookie;
import static dev.madeleine.servlet.TomcatServer.setCookies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.TaggedValues;
import java.security.SecureRandom;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that changed in place after it was handed out reaches the cookie, whatever its type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("JavaUtilDate") // Applications hold it, so a session carries it.
class ChangeInPlaceTest {
  private TomcatServer server;

  static Set<String> tags() {
    return TaggedValues.tags();
  }

  @BeforeAll
  void start() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    server = new TomcatServer(Sessions.builder(keys).listener(event -> {}).build());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  /** Changes what can be changed; whether it did. */
  private static boolean change(Object value) {
    if (value instanceof Date date) {
      date.setTime(date.getTime() + 1);
    } else if (value instanceof byte[] bytes) {
      bytes[0]++;
    } else {
      return false;
    }
    return true;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tags")
  void aChangeAfterTheValueWasReadIsWritten(String tag) throws Exception {
    Object sent = TaggedValues.of(tag);
    server.on("/put", (request, response) -> request.getSession().setAttribute("value", sent));
    boolean[] changed = new boolean[1];
    server.on(
        "/read",
        (request, response) -> {
          Object value = request.getSession().getAttribute("value");
          assertThat(JsonSerializer.PLAIN.canChangeInPlace("value", value))
              .isEqualTo(change(TaggedValues.of(tag)));
          changed[0] = change(value);
        });

    String cookie = cookie(server.get("/put"));
    var response = server.get("/read", cookie);

    assertThat(setCookies(response)).hasSize(changed[0] ? 1 : 0);
  }
}
