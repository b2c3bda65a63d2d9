package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.HttpHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is set and added at the container's response, call by call. */
class ResponseHeadersTest {
  private static final HttpHeader VARY = new HttpHeader("Vary", "Cookie");
  private static final HttpHeader NO_STORE = new HttpHeader("Cache-Control", "no-store");
  private static final List<HttpHeader> READ = List.of(VARY);
  private static final List<HttpHeader> CHANGED = stored("1");

  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final HttpServletResponse response =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> call(method.getName(), arguments));
  private final ResponseHeaders headers = new ResponseHeaders(response);

  private @Nullable Object call(String method, Object[] arguments) {
    String name = (String) arguments[0];
    List<String> present = lines.getOrDefault(name, List.of());
    return switch (method) {
      case "getHeader" -> present.isEmpty() ? null : present.get(0);
      case "getHeaders" -> List.copyOf(present);
      case "containsHeader" -> !present.isEmpty();
      case "setHeader" -> {
        calls.add("set " + name);
        yield lines.put(name, new ArrayList<>(List.of((String) arguments[1])));
      }
      case "addHeader" -> {
        calls.add("add " + name);
        yield lines.computeIfAbsent(name, n -> new ArrayList<>()).add((String) arguments[1]);
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private static List<HttpHeader> stored(String value) {
    return List.of(VARY, new HttpHeader("Set-Cookie", "s=" + value + "; Path=/"), NO_STORE);
  }

  private void write(List<HttpHeader> needed) {
    calls.clear();
    headers.write(needed, name -> null);
  }

  @Test
  void writesEachHeaderOncePerChange() {
    write(READ);
    assertThat(calls).containsExactly("add Vary");
    write(READ);
    assertThat(calls).isEmpty();
    write(CHANGED);
    assertThat(calls).containsExactly("set Cache-Control", "set Set-Cookie");
    write(CHANGED);
    assertThat(calls).isEmpty();
    write(stored("2"));
    assertThat(calls).containsExactly("set Set-Cookie");

    assertThat(lines)
        .containsEntry("Set-Cookie", List.of("s=2; Path=/"))
        .containsEntry("Vary", List.of("Cookie"))
        .containsEntry("Cache-Control", List.of("no-store"))
        .hasSize(3);
  }

  @Test
  void writesAgainWhatWasCleared() {
    write(CHANGED);
    lines.clear();
    write(CHANGED);
    assertThat(calls).containsExactly("add Vary", "set Cache-Control", "set Set-Cookie");

    lines.remove("Vary");
    write(CHANGED);
    assertThat(lines).containsEntry("Vary", List.of("Cookie"));
  }

  @Test
  void takesItsCacheControlBackWhenTheApplicationAddsOne() {
    write(CHANGED);
    response.addHeader("Cache-Control", "private");
    headers.disturbed();
    assertThat(headers.linesOfOthers("Cache-Control")).containsExactly("private");
    write(CHANGED.stream().filter(header -> !header.equals(NO_STORE)).toList());

    assertThat(lines).containsEntry("Cache-Control", List.of("private"));
  }

  @Test
  void replacesACacheControlThatLetsOthersStore() {
    response.addHeader("Cache-Control", "public");
    response.addHeader("Cache-Control", "max-age=60");
    write(CHANGED);
    assertThat(lines).containsEntry("Cache-Control", List.of("no-store"));

    response.addHeader("Cache-Control", "public");
    headers.disturbed();
    write(CHANGED);
    assertThat(lines).containsEntry("Cache-Control", List.of("no-store"));
    assertThat(headers.linesOfOthers("Cache-Control")).isEmpty();
  }

  @Test
  void replacesACookieOfItsNameThatTheApplicationAdds() {
    write(CHANGED);
    response.addHeader("Set-Cookie", "other=1");
    response.addHeader("Set-Cookie", "s=theirs");
    headers.disturbed();
    write(CHANGED);

    assertThat(lines).containsEntry("Set-Cookie", List.of("s=1; Path=/", "other=1"));
  }

  @Test
  void leavesAVaryAloneThatNamesTheFieldAmongOthers() {
    response.addHeader("Vary", "Accept");
    response.addHeader("Vary", "Origin, cookie");
    write(CHANGED);
    write(CHANGED);

    assertThat(calls).isEmpty();
    assertThat(lines).containsEntry("Vary", List.of("Accept", "Origin, cookie"));
  }
}
