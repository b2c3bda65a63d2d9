package dev.madeleine.store.redis;

import dev.madeleine.CheckReturnValue;
import dev.madeleine.SharedMarks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Revocation over Redis 6.2 or later: a stream of entries, and packs in the place of older ones.
 * Address, password, TLS, timeouts, Sentinel and Cluster are Jedis' own configuration.
 *
 * <pre>{@code
 * SharedMarks engine = RedisMarks.of(RedisClient.create("redis.internal", 6379), "shop");
 * ReplicatedRevocation revocation = ReplicatedRevocation.over(engine, () -> keys).start();
 * }</pre>
 *
 * <p>Its keys begin with {@code madeleine:{shop}:}, with an audience {@code madeleine:{shop/eu}:},
 * so that a cluster keeps them together. A node asks ten times a second for what is new, and each
 * of its calls takes at most Jedis' socket timeout. Whatever Redis loses, by a restart without
 * persistence or a failover to a replica that lags behind, nodes send again.
 */
public final class RedisMarks implements SharedMarks {
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  /** Most entries of one answer, besides packs. */
  private static final int MOST = 1000;

  /** How long no other node compacts, in milliseconds. */
  private static final long LOCKED = 60_000;

  private static final String BEGINNING = "0-0";
  private static final byte[] APPEND = script("append.lua");
  private static final byte[] READ = script("read.lua");
  private static final byte[] COMPACT = script("compact.lua");

  private final UnifiedJedis redis;
  private final String application;
  private final String audience;
  private final byte[] stream;
  private final byte[] epoch;
  private final byte[] packs;
  private final byte[] packed;
  private final byte[] lock;
  private volatile boolean closed;

  private RedisMarks(UnifiedJedis redis, String application, String audience) {
    this.redis = redis;
    this.application = application;
    this.audience = audience;
    String prefix = "madeleine:{" + application + (audience.isEmpty() ? "" : "/" + audience) + "}:";
    stream = bytes(prefix + "marks");
    epoch = bytes(prefix + "epoch");
    packs = bytes(prefix + "packs");
    packed = bytes(prefix + "packed");
    lock = bytes(prefix + "lock");
  }

  /**
   * Over a Redis, which is closed together with this.
   *
   * @param redis with a socket timeout of a few seconds, as Jedis has it by default
   * @param application 1 to 100 letters, digits, dots, hyphens and underscores; another one for
   *     each application on this Redis
   */
  public static RedisMarks of(UnifiedJedis redis, String application) {
    Objects.requireNonNull(redis, "redis");
    return new RedisMarks(redis, checked("application", application), "");
  }

  /** The same for sessions of one audience, of the same form as an application; empty for none. */
  @CheckReturnValue
  public RedisMarks withAudience(String newAudience) {
    Objects.requireNonNull(newAudience, "newAudience");
    return new RedisMarks(
        redis, application, newAudience.isEmpty() ? "" : checked("audience", newAudience));
  }

  private static String checked(String what, String name) {
    Objects.requireNonNull(name, what);
    if (!NAMES.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of an %s is 1 to 100 letters, digits, dots, hyphens and underscores, for example shop"
              .formatted(what));
    }
    return name;
  }

  @Override
  public void append(List<byte[]> entries, Instant until) throws IOException {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(random());
    arguments.add(bytes(String.valueOf(until.toEpochMilli())));
    arguments.addAll(entries);
    call(() -> redis.eval(APPEND, List.of(stream, epoch), arguments));
  }

  @Override
  public Batch read(@Nullable String position, Duration wait) throws IOException {
    long end = System.nanoTime() + wait.toNanos();
    Batch batch = read(position);
    while (batch.entries().isEmpty()
        && !batch.restarted()
        && !closed
        && System.nanoTime() + PAUSE < end) {
      pause();
      batch = read(batch.position());
    }
    return batch;
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    }
  }

  private Batch read(@Nullable String position) throws IOException {
    int middle = position == null ? -1 : position.indexOf('/');
    String knownEpoch = position == null ? "" : position.substring(0, middle);
    String knownId = position == null ? BEGINNING : position.substring(middle + 1);
    List<byte[]> arguments =
        List.of(random(), bytes(knownEpoch), bytes(knownId), bytes(String.valueOf(MOST)));
    Object answer = call(() -> redis.eval(READ, List.of(stream, epoch, packs, packed), arguments));
    if (!(answer instanceof List<?> parts) || !(parts.get(5) instanceof List<?> found)) {
      throw new IOException("the answer of " + this + " is none of the script's");
    }
    List<byte[]> entries = new ArrayList<>();
    found.forEach(entry -> entries.add((byte[]) entry));
    return new Batch(
        entries,
        text(parts.get(0)) + "/" + text(parts.get(3)),
        time((List<?>) parts.get(1)),
        isTrue(parts.get(4)),
        isTrue(parts.get(2)));
  }

  @Override
  public void compact(String position, Supplier<List<byte[]>> newPacks, Instant until)
      throws IOException {
    byte[] own = random();
    Object taken = call(() -> redis.set(lock, own, SetParams.setParams().nx().px(LOCKED)));
    if (taken == null) {
      return; // Another node is at it, or has been a moment ago.
    }
    String id = position.substring(position.indexOf('/') + 1);
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(bytes(id));
    arguments.add(bytes(behind(id)));
    arguments.add(bytes(String.valueOf(until.toEpochMilli())));
    arguments.addAll(newPacks.get());
    call(() -> redis.eval(COMPACT, List.of(stream, packs, packed), arguments));
  }

  /** The id that follows, of which there may be no entry. */
  private static String behind(String id) {
    int middle = id.indexOf('-');
    return id.substring(0, middle + 1) + (Long.parseLong(id.substring(middle + 1)) + 1);
  }

  @Override
  public String audience() {
    return audience;
  }

  @Override
  public void close() {
    closed = true;
    redis.close();
  }

  /** Which application of Redis, without its address. */
  @Override
  public String toString() {
    return "Redis, application " + application + (audience.isEmpty() ? "" : "/" + audience);
  }

  private static @Nullable Object call(Supplier<@Nullable Object> command) throws IOException {
    try {
      return command.get();
    } catch (JedisException e) {
      throw new IOException("Redis: " + e.getMessage(), e);
    }
  }

  private static Instant time(List<?> secondsAndMicros) {
    long seconds = Long.parseLong(text(secondsAndMicros.get(0)));
    long micros = Long.parseLong(text(secondsAndMicros.get(1)));
    return Instant.ofEpochSecond(seconds, TimeUnit.MICROSECONDS.toNanos(micros));
  }

  private static boolean isTrue(@Nullable Object number) {
    return number instanceof Long one && one != 0;
  }

  private static String text(@Nullable Object bytes) {
    return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  private static byte[] random() {
    return bytes(UUID.randomUUID().toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] script(String name) {
    try (InputStream in = Objects.requireNonNull(RedisMarks.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
