package dev.madeleine.containers;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What session listeners heard, in order. */
final class ListenerLog {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return lines;
  }

  void clear() {
    lines.clear();
  }

  /** A listener of every kind that writes its name and what it heard. */
  Listener listener(String name) {
    return new Listener(name, this);
  }

  /** Writes down what it hears. */
  static final class Listener
      implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    private final String name;
    private final ListenerLog log;

    Listener(String name, ListenerLog log) {
      this.name = name;
      this.log = log;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
      log.add(name + " created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
      var names = Collections.list(event.getSession().getAttributeNames());
      log.add(name + " destroyed, still there " + names);
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
      log.add("%s added %s=%s".formatted(name, event.getName(), event.getValue()));
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
      Object after = event.getSession().getAttribute(event.getName());
      log.add(
          "%s replaced %s=%s, now %s".formatted(name, event.getName(), event.getValue(), after));
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
      log.add("%s removed %s=%s".formatted(name, event.getName(), event.getValue()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
      log.add(name + " id changed " + !event.getSession().getId().equals(oldId));
    }
  }
}
