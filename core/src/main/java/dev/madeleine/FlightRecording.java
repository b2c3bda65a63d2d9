package dev.madeleine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.ValueDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The session events as events of the JDK Flight Recorder, {@code dev.madeleine.*}: one type for
 * each kind of {@link SessionEvent}, one field for each component of its record, all as text. As
 * long as nothing was ever recorded they cost one look at a flag; a Java runtime without the module
 * jdk.jfr does without.
 *
 * <p>Types and fields are read from the records, so a new event or component is recorded without a
 * line here.
 */
final class FlightRecording {
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecording() {}

  /** Whether anything was ever recorded, so that events may be recorded now. */
  static boolean isOn() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  static void record(SessionEvent event) {
    if (isOn()) {
      Recorder.record(event);
    }
  }

  /** The text of a component: null stays null, a set becomes its elements in order. */
  private static @Nullable String text(@Nullable Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).sorted().collect(Collectors.joining(" "))
        : value == null ? null : value.toString();
  }

  /** {@code keyId} becomes {@code Key Id}. */
  private static String label(String name) {
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Loaded only where the Flight Recorder is. */
  private static final class Recorder {
    private static final Map<Class<?>, Recorder> ALL = all();

    private final EventFactory factory;
    private final RecordComponent[] components;

    private Recorder(Class<?> kind) {
      components = kind.getRecordComponents();
      List<ValueDescriptor> fields = new ArrayList<>(components.length);
      for (RecordComponent component : components) {
        AnnotationElement label = new AnnotationElement(Label.class, label(component.getName()));
        fields.add(new ValueDescriptor(String.class, component.getName(), List.of(label)));
      }
      factory =
          EventFactory.create(
              List.of(
                  new AnnotationElement(Name.class, "dev.madeleine." + kind.getSimpleName()),
                  new AnnotationElement(Label.class, "Session: " + label(kind.getSimpleName())),
                  new AnnotationElement(Category.class, new String[] {"Madeleine"}),
                  new AnnotationElement(StackTrace.class, false)),
              fields);
    }

    private static Map<Class<?>, Recorder> all() {
      Map<Class<?>, Recorder> all = new HashMap<>();
      for (Class<?> kind : SessionEvent.class.getPermittedSubclasses()) {
        all.put(kind, new Recorder(kind));
      }
      return all;
    }

    static void record(SessionEvent event) {
      Recorder recorder = ALL.get(event.getClass());
      if (recorder != null) { // Always: the interface is sealed.
        recorder.commit(event);
      }
    }

    private void commit(SessionEvent event) {
      Event recorded = factory.newEvent();
      if (recorded.isEnabled()) {
        for (int i = 0; i < components.length; i++) {
          recorded.set(i, text(value(components[i], event)));
        }
        recorded.commit();
      }
    }

    private static @Nullable Object value(RecordComponent component, SessionEvent event) {
      try {
        return component.getAccessor().invoke(event);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError("an event that cannot be read", e); // Its accessors are public.
      }
    }
  }
}
