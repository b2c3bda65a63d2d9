package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of a session: what encoders read and write.
 *
 * <p>{@link #of} is enough for a foreign encoder; a format that seals more adds it with the {@code
 * with…} methods. The attribute map cannot be changed through the picture; the values in it are the
 * session's own and are not copied.
 */
public final class SessionSnapshot {
  static final SessionSnapshot EMPTY = of(Map.of());

  /**
   * Attributes with the bytes that they are encoded as, and what encoded them, if these are known.
   */
  private static final class Content {
    private final LocatedAttributes attributes;
    private final byte @Nullable [] encoded;
    private final @Nullable Serializer by;
    private final boolean fresh;

    Content(
        LocatedAttributes attributes,
        byte @Nullable [] encoded,
        @Nullable Serializer by,
        boolean fresh) {
      this.attributes = Objects.requireNonNull(attributes, "attributes");
      this.encoded = encoded;
      this.by = by;
      this.fresh = fresh;
    }
  }

  private final Content content;
  private final @Nullable SessionId id;
  private final @Nullable Instant created;
  private final @Nullable Instant refreshed;
  private final @Nullable Duration maxIdle;
  private final @Nullable Subject subject;
  private final List<ApplicationKey> keys;
  private final boolean remembered;
  private final boolean shared;

  private SessionSnapshot(
      Content content,
      @Nullable SessionId id,
      @Nullable Instant created,
      @Nullable Instant refreshed,
      @Nullable Duration maxIdle,
      @Nullable Subject subject,
      List<ApplicationKey> keys,
      boolean remembered,
      boolean shared) {
    this.content = content;
    this.id = id;
    this.created = created;
    this.refreshed = refreshed;
    this.maxIdle = maxIdle;
    this.subject = subject;
    this.keys = keys;
    this.remembered = remembered;
    this.shared = shared;
  }

  /** A picture of these attributes, in this order, without id and times. */
  public static SessionSnapshot of(Map<String, ?> attributes) {
    Objects.requireNonNull(attributes, "attributes");
    return of(LocatedAttributes.of(new LinkedHashMap<>(attributes)));
  }

  /** A picture of what a serializer has read, without id and times. */
  public static SessionSnapshot of(LocatedAttributes attributes) {
    return new SessionSnapshot(
        new Content(attributes, null, null, false),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        false,
        false);
  }

  /** This picture with other attributes, and their bytes by this serializer if known. */
  SessionSnapshot withAttributes(
      LocatedAttributes attributes, @Nullable Serializer by, byte @Nullable [] encoded) {
    return with(new Content(attributes, encoded, by, false));
  }

  /**
   * This picture with the attributes of this very moment, not copied, and their bytes if known:
   * nothing can have changed in place since.
   */
  SessionSnapshot withFreshAttributes(
      LocatedAttributes attributes, Serializer by, byte @Nullable [] encoded) {
    return with(new Content(attributes, encoded, by, true));
  }

  private SessionSnapshot with(Content newContent) {
    return new SessionSnapshot(
        newContent, id, created, refreshed, maxIdle, subject, keys, remembered, shared);
  }

  /** These attributes with what a native token says besides. */
  SessionSnapshot withMetadata(
      SessionId newId,
      Instant newCreated,
      Instant newRefreshed,
      Duration newMaxIdle,
      @Nullable Subject newSubject,
      List<ApplicationKey> newKeys,
      boolean newRemembered,
      boolean newShared) {
    return new SessionSnapshot(
        content,
        newId,
        newCreated,
        newRefreshed,
        newMaxIdle,
        newSubject,
        newKeys,
        newRemembered,
        newShared);
  }

  /** The attributes as they were read. */
  LocatedAttributes located() {
    return content.attributes;
  }

  /** Whether this serializer has read the attributes. */
  @SuppressWarnings("ReferenceEquality") // This very serializer, not one that claims to be equal.
  boolean isReadBy(Serializer serializer) {
    return content.by == serializer;
  }

  /** The attributes as this serializer's bytes when the picture was made, if they are known. */
  byte @Nullable [] encodedBy(Serializer serializer) {
    return isReadBy(serializer) ? content.encoded : null;
  }

  /** Those bytes, if nothing can have changed in place since: this very moment's picture. */
  byte @Nullable [] freshlyEncodedBy(Serializer serializer) {
    return content.fresh ? encodedBy(serializer) : null;
  }

  /** This picture with a session id. The native format takes 32 lower-case hex digits. */
  @CheckReturnValue
  public SessionSnapshot withId(String newId) {
    return withSessionId(SessionId.of(Objects.requireNonNull(newId, "newId")));
  }

  /** This picture with a session id. */
  SessionSnapshot withSessionId(SessionId newId) {
    return new SessionSnapshot(
        content, newId, created, refreshed, maxIdle, subject, keys, remembered, shared);
  }

  /**
   * This picture with its times.
   *
   * @param newCreated when the session began, or its user logged in
   * @param newRefreshed when it was last sealed because somebody used it, not before it was created
   */
  @CheckReturnValue
  public SessionSnapshot withTimes(Instant newCreated, Instant newRefreshed) {
    Objects.requireNonNull(newCreated, "newCreated");
    Objects.requireNonNull(newRefreshed, "newRefreshed");
    return new SessionSnapshot(
        content, id, newCreated, newRefreshed, maxIdle, subject, keys, remembered, shared);
  }

  /** This picture with the session's own idle timeout; zero means that it has none. */
  @CheckReturnValue
  public SessionSnapshot withMaxIdle(Duration newMaxIdle) {
    Objects.requireNonNull(newMaxIdle, "newMaxIdle");
    return new SessionSnapshot(
        content, id, created, refreshed, newMaxIdle, subject, keys, remembered, shared);
  }

  /** This picture with the subject that the session belongs to, or none. */
  @CheckReturnValue
  public SessionSnapshot withSubject(@Nullable Subject newSubject) {
    return new SessionSnapshot(
        content, id, created, refreshed, maxIdle, newSubject, keys, remembered, shared);
  }

  /**
   * This picture with these keys of the application, of which a session has at most {@value
   * ApplicationKey#MOST}; equal ones count once.
   */
  @CheckReturnValue
  public SessionSnapshot withKeys(Collection<ApplicationKey> newKeys) {
    Objects.requireNonNull(newKeys, "newKeys");
    List<ApplicationKey> sorted = newKeys.stream().distinct().sorted().toList();
    if (sorted.size() > ApplicationKey.MOST) {
      throw new IllegalArgumentException(
          "%s keys for one session; it can have %s".formatted(sorted.size(), ApplicationKey.MOST));
    }
    return new SessionSnapshot(
        content, id, created, refreshed, maxIdle, subject, sorted, remembered, shared);
  }

  /** This picture with or without the wish to outlive the browser's session. */
  @CheckReturnValue
  public SessionSnapshot withRemembered(boolean newRemembered) {
    return new SessionSnapshot(
        content, id, created, refreshed, maxIdle, subject, keys, newRemembered, shared);
  }

  /** This picture with the note that another system's cookie was written together with it. */
  SessionSnapshot withShared(boolean newShared) {
    return new SessionSnapshot(
        content, id, created, refreshed, maxIdle, subject, keys, remembered, newShared);
  }

  /** The attributes, in the order in which they were put. */
  public Map<String, Object> attributes() {
    return content.attributes.asMap();
  }

  /**
   * The names of attributes that stand in the token but could not be read: their declaration is
   * gone, or they do not fit it any more. Of a serializer that builds values late, those found so
   * far: all of them once every value was asked for.
   */
  public Set<String> unreadable() {
    return content.attributes.unreadable();
  }

  /** The session's id, or null when the format has none. */
  public @Nullable String id() {
    return id == null ? null : id.text();
  }

  /** The session's id, which need not be drawn yet, or null when the format has none. */
  @Nullable SessionId sessionId() {
    return id;
  }

  /** When the session began, or null when the format holds no times. */
  public @Nullable Instant created() {
    return created;
  }

  /** When the session was last sealed because somebody used it, or null. */
  public @Nullable Instant refreshed() {
    return refreshed;
  }

  /** The session's own idle timeout, zero for none, or null when the policy's holds. */
  public @Nullable Duration maxIdle() {
    return maxIdle;
  }

  /** The subject that the session belongs to, or null. */
  public @Nullable Subject subject() {
    return subject;
  }

  /** The keys of the application by which the session can be ended, in ascending order. */
  public List<ApplicationKey> keys() {
    return keys;
  }

  /** Whether the cookie is to outlive the browser's session. */
  public boolean remembered() {
    return remembered;
  }

  /** Whether another system's cookie was written together with this session. */
  boolean shared() {
    return shared;
  }

  /** Whether everything but attributes and the refreshed time is the same. */
  boolean hasMetadataOf(SessionSnapshot other) {
    return Objects.equals(id, other.id)
        && Objects.equals(created, other.created)
        && Objects.equals(maxIdle, other.maxIdle)
        && Objects.equals(subject, other.subject)
        && keys.equals(other.keys)
        && remembered == other.remembered;
  }

  /** Whether a text consists of so many lower-case hex digits. */
  static boolean isHex(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Times and the number of attributes; no values and no id. */
  @Override
  public String toString() {
    return "SessionSnapshot[%s attributes, created %s, refreshed %s]"
        .formatted(content.attributes.names().size(), created, refreshed);
  }
}
