package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Attribute;
import dev.madeleine.KeyRing;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A class of the application that is loaded anew between two requests, as devtools does it. */
class ReloadedClassTest {
  public record Note(String text) {}

  /** Loads the application (this file) itself; the libraries stay with its parent. */
  private static final class Restarted extends ClassLoader {
    Restarted() {
      super(ReloadedClassTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ReloadedClassTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? read(name) : loaded;
    }

    private Class<?> read(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static Class<?> note() throws ClassNotFoundException {
    return new Restarted().loadClass(Note.class.getName());
  }

  private static Sessions sessions(KeyRing keys, Class<?> note) {
    return Sessions.builder(keys).attributes(Attribute.of("note", note)).build();
  }

  @Test
  void aValueComesBackAsTheClassThatIsLoadedNow() throws Exception {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    KeyRing keys = KeyRing.parse("base64:" + Base64.getEncoder().encodeToString(key));
    Class<?> before = note();
    Class<?> now = note();
    assertThat(now).isNotSameAs(before);

    Sessions first = sessions(keys, before);
    Session session = first.load(name -> List.of());
    session.put("note", before.getConstructor(String.class).newInstance("hello"));
    String header =
        first.save(session).stream()
            .filter(sent -> sent.name().equalsIgnoreCase("Set-Cookie"))
            .findFirst()
            .orElseThrow()
            .value();
    String cookie = header.substring(0, header.indexOf(';'));

    Session after =
        sessions(keys, now)
            .load(name -> name.equalsIgnoreCase("Cookie") ? List.of(cookie) : List.of());

    Object value = after.get(Attribute.of("note", now));
    assertThat(value).isInstanceOf(now).hasToString("Note[text=hello]");
  }
}
