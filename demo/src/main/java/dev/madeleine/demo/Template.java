package dev.madeleine.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTML page with holes, a small part of Mustache.
 *
 * <pre>
 * {{name}}              the value, always escaped
 * {{#name}} … {{/name}} once for each element of a list, or once if there is a value
 * {{^name}} … {{/name}} once if there is none, or it is false or an empty list
 * </pre>
 *
 * <p>Inside a section the names of its element come first, then those around it.
 */
final class Template {
  private static final Pattern TAG = Pattern.compile("\\{\\{([#^/]?)([A-Za-z]+)}}");

  private interface Part {
    void render(Deque<Map<String, ?>> scopes, StringBuilder out);
  }

  /** A section that is being read. */
  private record Open(String kind, String name, List<Part> parts) {}

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = parts;
  }

  /** The template in this file beside the classes. */
  static Template read(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no resource " + file);
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The template in this text.
   *
   * @throws IllegalArgumentException if its sections are not nested as they should be
   */
  static Template of(String text) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open("", "the whole", new ArrayList<>()));
    Matcher tag = TAG.matcher(text);
    int from = 0;
    while (tag.find()) {
      List<Part> parts = open.element().parts();
      String literal = text.substring(from, tag.start());
      parts.add((scopes, out) -> out.append(literal));
      from = tag.end();
      String name = tag.group(2);
      switch (tag.group(1)) {
        case "" -> parts.add((scopes, out) -> out.append(escape(required(scopes, name))));
        case "/" -> close(open, name);
        default -> open.push(new Open(tag.group(1), name, new ArrayList<>()));
      }
    }
    Open whole = open.pop();
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("section " + whole.name() + " is never closed");
    }
    String rest = text.substring(from);
    whole.parts().add((scopes, out) -> out.append(rest));
    return new Template(whole.parts());
  }

  private static void close(Deque<Open> open, String name) {
    Open section = open.pop();
    Open around = open.peek();
    if (around == null || !section.name().equals(name)) {
      throw new IllegalArgumentException("{{/" + name + "}} closes " + section.name());
    }
    around
        .parts()
        .add(
            (scopes, out) -> {
              List<?> elements = elements(find(scopes, name));
              if (section.kind().equals("^")) {
                render(section.parts(), scopes, elements.isEmpty() ? Map.of() : null, out);
              } else {
                elements.forEach(element -> render(section.parts(), scopes, scope(element), out));
              }
            });
  }

  /** The page with these values in its holes. */
  String render(Map<String, ?> values) {
    StringBuilder out = new StringBuilder();
    render(parts, new ArrayDeque<>(), values, out);
    return out.toString();
  }

  private static void render(
      List<Part> parts,
      Deque<Map<String, ?>> scopes,
      @Nullable Map<String, ?> inner,
      StringBuilder out) {
    if (inner != null) {
      scopes.push(inner);
      parts.forEach(part -> part.render(scopes, out));
      scopes.pop();
    }
  }

  private static List<?> elements(@Nullable Object value) {
    if (value == null || value.equals(false)) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  @SuppressWarnings("unchecked") // Whoever fills the page names its values by strings.
  private static Map<String, ?> scope(Object element) {
    return element instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
  }

  private static @Nullable Object find(Deque<Map<String, ?>> scopes, String name) {
    for (Map<String, ?> scope : scopes) {
      if (scope.containsKey(name)) {
        return scope.get(name);
      }
    }
    return null;
  }

  private static String required(Deque<Map<String, ?>> scopes, String name) {
    Object value = find(scopes, name);
    if (value == null) {
      throw new IllegalStateException("nothing fills {{" + name + "}}");
    }
    return value.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
