package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Sees every class that is read by Java's own serialization in this process. */
final class JavaSerialization {
  private static final Set<String> READ = new ConcurrentSkipListSet<>();

  static {
    ObjectInputFilter.Config.setSerialFilter(
        information -> {
          if (information.serialClass() != null) {
            READ.add(information.serialClass().getName());
          }
          return ObjectInputFilter.Status.UNDECIDED;
        });
  }

  private JavaSerialization() {}

  /** Asserts that nothing has been read yet, and that it would have been seen. */
  static void assertNothingRead() throws Exception {
    assertThat(READ).isEmpty();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new int[1]);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.readObject();
    }
    assertThat(READ).containsExactly("[I");
    READ.clear();
  }
}
