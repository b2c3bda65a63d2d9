package dev.madeleine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A client with a cookie jar and the headers it was told to send, before one or more servers. */
final class Browser {
  final Map<String, String> jar = new LinkedHashMap<>();
  final Map<String, String> fields = new LinkedHashMap<>();

  /** The headers of the last response. */
  List<String> response = List.of();

  Session load(Sessions sessions) {
    return sessions.load(this::lines);
  }

  private List<String> lines(String name) {
    if (!name.equals("Cookie")) {
      return fields.containsKey(name) ? List.of(fields.get(name)) : List.of();
    }
    List<String> pairs = new ArrayList<>();
    jar.forEach((cookie, value) -> pairs.add(cookie + "=" + value));
    return pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs));
  }

  /** One request that does this with its session. */
  Session request(Sessions sessions, Consumer<Session> work) {
    Session session = load(sessions);
    work.accept(session);
    List<String> lines = new ArrayList<>();
    for (HttpHeader header : sessions.save(session)) {
      lines.add(header.name() + ": " + header.value());
      keep(header);
    }
    response = lines;
    return session;
  }

  private void keep(HttpHeader header) {
    switch (header.name()) {
      case "Vary", "Cache-Control" -> {}
      case "Set-Cookie" -> {
        String[] pair = header.value().split(";", 2)[0].split("=", 2);
        if (header.value().contains("; Max-Age=0;")) {
          jar.remove(pair[0]);
        } else {
          jar.put(pair[0], pair[1]);
        }
      }
      default -> {
        if (header.value().isEmpty()) {
          fields.remove(header.name());
        } else {
          fields.put(header.name(), header.value());
        }
      }
    }
  }

  /** Names of the cookies that the last response stored ({@code a}) or dropped ({@code -a}). */
  List<String> cookies() {
    List<String> names = new ArrayList<>();
    for (String line : response) {
      if (line.startsWith("Set-Cookie: ")) {
        String name = line.substring(12, line.indexOf('='));
        names.add(line.contains("; Max-Age=0;") ? "-" + name : name);
      }
    }
    return names;
  }
}
