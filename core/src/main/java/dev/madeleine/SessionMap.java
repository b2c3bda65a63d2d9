package dev.madeleine;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a session as a map: {@link Session#asMap}. */
final class SessionMap extends AbstractMap<String, Object> {
  private final Session session;

  SessionMap(Session session) {
    this.session = session;
  }

  @Override
  public int size() {
    return session.names().size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && session.names().contains(name); // Hands out no value.
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key instanceof String name ? session.get(name) : null;
  }

  /** Sets an attribute; null removes it, as in {@link Session#put}. */
  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    synchronized (session.exchange()) {
      Object former = session.get(name);
      session.put(name, value);
      return former;
    }
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    synchronized (session.exchange()) {
      Object former = get(key);
      if (key instanceof String name) {
        session.remove(name);
      }
      return former;
    }
  }

  @Override
  public void clear() {
    session.clear();
  }

  /** The number of attributes; no names and no values. */
  @Override
  public String toString() {
    return "SessionMap[%s attributes]".formatted(size());
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Object>> {
    @Override
    public int size() {
      return SessionMap.this.size();
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
      return new EntryIterator(session.names().iterator());
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
      session.remove(last);
      last = null;
    }
  }
}
