package dev.madeleine.json;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.internal.PrintableName;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.EncodedAttributes;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session that a {@link JsonSerializer} has read: the bytes were accepted as a
 * whole, and a value is built when it is asked for. Only what may be tagged is built at once, as
 * tags have rules of their own.
 */
final class ReadAttributes implements LocatedAttributes, EncodedAttributes {
  /** What stands for a value. */
  private enum Mark {
    /** Null was written. */
    NULL,
    /** It does not fit its declaration, or holds what nobody here understands. */
    UNREADABLE
  }

  private final JsonSerializer serializer;
  private final Members members;

  /** The value of each member, or a {@link Mark}; null until it is built. */
  private final AtomicReferenceArray<@Nullable Object> built;

  /** Of each member, whether a converter has to build its value; null if there is none. */
  private boolean @Nullable [] converted;

  private volatile boolean someUnreadable;

  private ReadAttributes(JsonSerializer serializer, Members members) {
    this.serializer = serializer;
    this.members = members;
    built = new AtomicReferenceArray<>(members.count());
  }

  /**
   * Accepts a session.
   *
   * @param strict whether one attribute that is unreadable refuses the whole session
   */
  static ReadAttributes of(JsonSerializer serializer, Members members, boolean strict)
      throws IOException {
    ReadAttributes attributes = new ReadAttributes(serializer, members);
    List<@Nullable Object> all =
        serializer.format().readAll(members, serializer.vocabulary(), strict);
    for (int member = 0; member < members.count(); member++) {
      if (all == null) {
        attributes.accept(member, strict);
      } else {
        attributes.begin(member, all.get(member), strict);
      }
    }
    return attributes;
  }

  /** Accepts a member whose value need not be built yet. */
  private void accept(int member, boolean strict) throws IOException {
    boolean marked = members.isMarked(member);
    if (marked && !strict && isOwn(member)) {
      if (!isDeclared(member)) {
        keep(member, AttributeReader.Mark.UNREADABLE, false);
      }
    } else if (marked || (strict && isDeclared(member))) {
      begin(member, stored(member, strict), strict);
    }
  }

  /** Keeps a value of a session that is being accepted, unless a converter has to build it. */
  private void begin(int member, @Nullable Object stored, boolean strict) throws IOException {
    if (stored != AttributeReader.Mark.UNCONVERTED) {
      keep(member, stored, strict);
      return;
    }
    if (converted == null) {
      converted = new boolean[members.count()];
    }
    converted[member] = true;
  }

  private boolean isConverted(int member) {
    return converted != null && converted[member];
  }

  private boolean isDeclared(int member) {
    Vocabulary vocabulary = serializer.vocabulary();
    return vocabulary.declaresAny() && vocabulary.declares(members.name(member));
  }

  private boolean isOwn(int member) throws IOException {
    try (Input in = serializer.format().input(members, member)) {
      return new AttributeReader(in, serializer.vocabulary()).isOwn();
    }
  }

  private @Nullable Object stored(int member, boolean convert) throws IOException {
    try (Input in = serializer.format().input(members, member)) {
      return new AttributeReader(in, serializer.vocabulary())
          .attribute(members.name(member), convert);
    }
  }

  /** Keeps a value that was built, as its declaration has it; returns the one that holds. */
  private Object keep(int member, @Nullable Object stored, boolean strict) throws IOException {
    Object mark = declared(member, stored, strict);
    if (mark == Mark.UNREADABLE) {
      someUnreadable = true;
    }
    Object first = built.compareAndExchange(member, null, mark);
    return first == null ? mark : first;
  }

  /** A value as its declaration has it, or a mark. */
  private Object declared(int member, @Nullable Object stored, boolean strict) throws IOException {
    Object value = stored;
    if (stored == AttributeReader.Mark.UNREADABLE) {
      if (strict) {
        throw new IOException("an attribute that is unreadable");
      }
      value = Mark.UNREADABLE;
    } else if (stored instanceof AttributeReader.Own || isDeclared(member)) {
      value = declared(members.name(member), stored, strict);
    }
    return value == null ? Mark.NULL : value;
  }

  /** The value of a declared attribute, {@link Mark#UNREADABLE} if it does not fit. */
  private @Nullable Object declared(String name, @Nullable Object stored, boolean strict) {
    Vocabulary vocabulary = serializer.vocabulary();
    DeclaredTypes declared = vocabulary.declared();
    try {
      return stored instanceof AttributeReader.Own own
          ? declared.fromPlain(name, own.plain())
          : vocabulary.fit(name, stored);
    } catch (IllegalArgumentException e) {
      if (strict) {
        throw e;
      }
      return Mark.UNREADABLE; // Reported by whoever asks.
    }
  }

  private Object value(int member) {
    Object known = built.get(member);
    if (known != null) {
      return known;
    }
    try {
      return keep(member, stored(member, true), false);
    } catch (IOException e) {
      throw new AssertionError(e); // The bytes were checked, and nobody changes them.
    }
  }

  /** What is known of a value; null if it can be built and just has not been. */
  private @Nullable Object known(int member) {
    return isConverted(member) || isDeclared(member) ? value(member) : built.get(member);
  }

  @Override
  public @Nullable Object value(String name) {
    int member = members.find(name);
    Object value = member < 0 ? Mark.NULL : value(member);
    return value == Mark.NULL || value == Mark.UNREADABLE ? null : value;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int member = 0; member < members.count(); member++) {
      if (known(member) != Mark.UNREADABLE) {
        names.add(members.name(member));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Set<String> unreadable() {
    if (!someUnreadable) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>();
    for (int member = 0; member < members.count(); member++) {
      if (built.get(member) == Mark.UNREADABLE) {
        names.add(members.name(member));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  @Override
  public boolean areBy(Object other) {
    return serializer == other;
  }

  @Override
  public boolean isEmpty() {
    return members.count() == 0;
  }

  @Override
  public boolean hasValue(String name) {
    int member = members.find(name);
    if (member < 0) {
      return false;
    }
    Object known = known(member);
    return known == null
        ? members.bytes()[members.valueStart(member)] != 'n'
        : known != Mark.NULL && known != Mark.UNREADABLE;
  }

  @Override
  public boolean isPresent(String name) {
    return members.find(name) >= 0;
  }

  @Override
  public EncodedAttribute encode(String name, Object value) {
    return serializer.encode(name, value);
  }

  @Override
  public EncodedAttribute encodeAndCheck(String name, Object value) {
    return serializer.encodeAndCheck(name, value);
  }

  @Override
  public boolean isReceived(String name, EncodedAttribute now) {
    int member = members.find(name);
    return member >= 0
        && (members.encoded(member, member + 1).equals(now) || isRewritten(member, name, now));
  }

  /** Whether the application writes what was received in another way than it was received. */
  private boolean isRewritten(int member, String name, EncodedAttribute now) {
    if (!isDeclared(member) && !isConverted(member)) {
      return false;
    }
    try {
      Object again = declared(member, stored(member, true), false);
      return !(again instanceof Mark) && encode(name, again).equals(now);
    } catch (IOException e) {
      throw new AssertionError(e); // The bytes were checked, and nobody changes them.
    }
  }

  @Override
  public byte[] with(Map<String, @Nullable EncodedAttribute> changes) {
    if (changes.isEmpty()) {
      return Arrays.copyOfRange(members.bytes(), members.start(), members.end());
    }
    Change[] ordered = new Change[changes.size()];
    int last = 0;
    for (Map.Entry<String, @Nullable EncodedAttribute> change : changes.entrySet()) {
      int member = members.find(change.getKey());
      ordered[last++] = new Change(member < 0 ? members.count() : member, change.getValue());
    }
    Arrays.sort(ordered, BY_PLACE); // Stable: new ones stay in order.
    List<EncodedAttribute> parts = new ArrayList<>(2 * ordered.length + 1);
    int unchanged = 0; // Where those begin that lie one behind the other as they were received.
    for (Change change : ordered) {
      addUnchanged(unchanged, change.member, parts);
      if (change.now != null) {
        parts.add(change.now);
      }
      unchanged = Math.min(change.member + 1, members.count());
    }
    addUnchanged(unchanged, members.count(), parts);
    requireLimits(parts, changes.keySet());
    return serializer.format().join(parts);
  }

  /** What becomes of a member; of one that was not received, behind the last of those. */
  private record Change(int member, @Nullable EncodedAttribute now) {}

  private static final Comparator<Change> BY_PLACE = Comparator.comparingInt(Change::member);

  private void addUnchanged(int from, int to, List<EncodedAttribute> parts) {
    if (from < to) {
      parts.add(members.encoded(from, to));
    }
  }

  private static void requireLimits(List<EncodedAttribute> parts, Set<String> changed) {
    int names = 0;
    int values = 1; // The session itself.
    int bytes = 2 + parts.size(); // The session itself, and what is between.
    for (EncodedAttribute part : parts) {
      names += part.names();
      values += part.values();
      bytes += part.length();
    }
    if (bytes > JsonLimits.MAX_BYTES) {
      throw SessionTooLargeException.whileWriting(String.join(", ", changed), JsonLimits.MAX_BYTES);
    }
    if (names > JsonLimits.MAX_KEYS || values > JsonLimits.MAX_VALUES) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the session has %s names and %s values, nested ones included; limits %s and %s"
              .formatted(
                  String.join("\", \"", changed.stream().map(PrintableName::of).toList()),
                  names,
                  values,
                  JsonLimits.MAX_KEYS,
                  JsonLimits.MAX_VALUES));
    }
  }

  /** How many there are; no names and no values. */
  @Override
  public String toString() {
    return "%s attributes, %s unreadable".formatted(members.count(), unreadable().size());
  }
}
