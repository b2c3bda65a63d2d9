package dev.madeleine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A client that files cookies as browsers do: by name, domain, path and {@code Partitioned}. */
final class CookieJar {
  /** The value of each cookie, by {@code name; Domain=…; Path=…; Partitioned}. */
  final Map<String, String> cookies = new LinkedHashMap<>();

  /** The lines of the last response. */
  List<String> response = List.of();

  /** The headers of every request besides its cookies. */
  final Map<String, String> fields = new LinkedHashMap<>();

  Session load(Sessions sessions) {
    return sessions.load(this::lines);
  }

  List<String> lines(String name) {
    if (!name.equals("Cookie")) {
      return fields.containsKey(name) ? List.of(fields.get(name)) : List.of();
    }
    List<String> pairs = new ArrayList<>();
    cookies.forEach((id, value) -> pairs.add(id.substring(0, id.indexOf(';')) + "=" + value));
    return pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs));
  }

  /** One request that does this with its session. */
  Session request(Sessions sessions, Consumer<Session> work) {
    Session session = load(sessions);
    work.accept(session);
    keep(sessions.save(session));
    return session;
  }

  void keep(List<HttpHeader> headers) {
    List<String> lines = new ArrayList<>();
    for (HttpHeader header : headers) {
      lines.add(header.name() + ": " + header.value());
      if (header.name().equals("Set-Cookie")) {
        keep(header.value());
      }
    }
    response = lines;
  }

  private void keep(String line) {
    String name = line.substring(0, line.indexOf('='));
    String id =
        name + ";" + part(line, "Domain=") + part(line, "Path=") + part(line, "Partitioned");
    if (line.contains("; Max-Age=0;")) {
      cookies.remove(id);
    } else {
      cookies.put(id, line.substring(name.length() + 1, line.indexOf(';')));
    }
  }

  private static String part(String line, String attribute) {
    int start = line.indexOf("; " + attribute);
    int end = line.indexOf(';', start + 2);
    return start < 0 ? "" : line.substring(start + 1, end < 0 ? line.length() : end);
  }

  /** The cookies of the last response without their values. */
  List<String> changed() {
    return response.stream()
        .filter(line -> line.startsWith("Set-Cookie: "))
        .map(line -> line.substring(12).replaceFirst("^([^=]+)=[^;]+;", "$1=…;"))
        .toList();
  }
}
