package dev.madeleine.spring.reactive;

import dev.madeleine.Session;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a web session as a live map that checks what is put, and tells listeners. */
final class WebSessionAttributes extends AbstractMap<String, Object> {
  private final CookieWebSession web;

  /** What was put after the end of the session, and lives as long as its request. */
  private final Map<String, Object> afterEnd = new LinkedHashMap<>();

  WebSessionAttributes(CookieWebSession web) {
    this.web = web;
  }

  private Map<String, Object> present() {
    Session session = web.session();
    return session.isInvalidated() ? afterEnd : session.asMap();
  }

  @Override
  public int size() {
    synchronized (web.lock()) {
      return present().size();
    }
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    synchronized (web.lock()) {
      return present().containsKey(key);
    }
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    synchronized (web.lock()) {
      return present().get(key);
    }
  }

  /**
   * Sets an attribute; null removes it.
   *
   * @throws IllegalArgumentException if the value would not come back equal from the cookie, or
   *     makes the session too large; the former value stays
   */
  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    synchronized (web.lock()) {
      Session session = web.session();
      if (session.isInvalidated()) {
        return putAfterEnd(name, value);
      }
      Object before = session.get(name);
      if (before == null && value == null && !session.unreadable().contains(name)) {
        return null;
      }
      web.change(
          "attribute " + name, () -> session.put(name, value), () -> session.put(name, before));
      web.changed(name, before, value);
      return before;
    }
  }

  private @Nullable Object putAfterEnd(String name, @Nullable Object value) {
    if (value == null) {
      return afterEnd.remove(name);
    }
    web.reportLost("attribute " + name);
    return afterEnd.put(name, value);
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    return key instanceof String name ? put(name, null) : null;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new Entries();
  }

  /** The number of attributes; no names and no values. */
  @Override
  public String toString() {
    return "WebSessionAttributes[" + size() + "]";
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Object>> {
    @Override
    public int size() {
      return WebSessionAttributes.this.size();
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
      synchronized (web.lock()) {
        return new EntryIterator(List.copyOf(present().keySet()).iterator());
      }
    }
  }

  /** Goes over the names that there were; a value is read when its entry is reached. */
  private final class EntryIterator implements Iterator<Map.Entry<String, Object>> {
    private final Iterator<String> names;
    private @Nullable String last;

    EntryIterator(Iterator<String> names) {
      this.names = names;
    }

    @Override
    public boolean hasNext() {
      return names.hasNext();
    }

    @Override
    public Map.Entry<String, Object> next() {
      String name = names.next();
      last = name;
      return new SimpleEntry<>(name, get(name)) {
        private static final long serialVersionUID = 1;

        @Override
        public Object setValue(Object value) {
          put(getKey(), value);
          return super.setValue(value);
        }
      };
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("next() comes before remove()");
      }
      put(last, null);
      last = null;
    }
  }
}
