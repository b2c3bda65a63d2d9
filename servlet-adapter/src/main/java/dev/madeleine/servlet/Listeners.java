package dev.madeleine.servlet;

import dev.madeleine.Session;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to notify: the application's session listeners, in the order in which they were added, of an
 * end in the opposite order (Servlet 6.1, section 11.3.2); and values that listen themselves.
 */
final class Listeners {
  private final List<HttpSessionListener> sessions = new ArrayList<>();
  private final List<HttpSessionAttributeListener> attributes = new ArrayList<>();
  private final List<HttpSessionIdListener> ids = new ArrayList<>();

  void add(EventListener listener) {
    boolean known = false;
    if (listener instanceof HttpSessionListener session) {
      known = sessions.add(session);
    }
    if (listener instanceof HttpSessionAttributeListener attribute) {
      known = attributes.add(attribute);
    }
    if (listener instanceof HttpSessionIdListener id) {
      known = ids.add(id);
    }
    if (!known) {
      throw new IllegalArgumentException(
          "%s is no HttpSessionListener, HttpSessionAttributeListener or HttpSessionIdListener"
              .formatted(listener.getClass().getName()));
    }
  }

  Listeners copy() {
    Listeners copy = new Listeners();
    copy.sessions.addAll(sessions);
    copy.attributes.addAll(attributes);
    copy.ids.addAll(ids);
    return copy;
  }

  void created(HttpSession session) {
    sessions.forEach(listener -> listener.sessionCreated(new HttpSessionEvent(session)));
  }

  void destroyed(HttpSession session) {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      sessions.get(i).sessionDestroyed(new HttpSessionEvent(session));
    }
  }

  void idChanged(HttpSession session, String oldId) {
    ids.forEach(listener -> listener.sessionIdChanged(new HttpSessionEvent(session), oldId));
  }

  /** Tells a value before it is visible in a session. */
  void bound(HttpSession session, String name, Object value) {
    if (value instanceof HttpSessionBindingListener listener) {
      listener.valueBound(new HttpSessionBindingEvent(session, name, value));
    }
  }

  /** Tells a value when it is gone from a session. */
  void unbound(HttpSession session, String name, Object value) {
    if (value instanceof HttpSessionBindingListener listener) {
      listener.valueUnbound(new HttpSessionBindingEvent(session, name, value));
    }
  }

  /** Tells values that they have come with the cookie. From then on they may change. */
  void didActivate(HttpSession session, Session attributes) {
    for (HttpSessionActivationListener value :
        attributes.values(HttpSessionActivationListener.class)) {
      value.sessionDidActivate(new HttpSessionEvent(session));
    }
  }

  /** Tells values that they are about to leave with the cookie. */
  void willPassivate(HttpSession session, Session attributes) {
    for (HttpSessionActivationListener value :
        attributes.values(HttpSessionActivationListener.class)) {
      value.sessionWillPassivate(new HttpSessionEvent(session));
    }
  }

  /** Tells of an attribute that was added, replaced (the event has the old value) or removed. */
  void changed(HttpSession session, String name, @Nullable Object before, @Nullable Object after) {
    if (attributes.isEmpty() || (before == null && after == null)) {
      return;
    }
    Object told = before == null ? after : before;
    HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, told);
    for (HttpSessionAttributeListener listener : attributes) {
      if (before == null) {
        listener.attributeAdded(event);
      } else if (after == null) {
        listener.attributeRemoved(event);
      } else {
        listener.attributeReplaced(event);
      }
    }
  }
}
