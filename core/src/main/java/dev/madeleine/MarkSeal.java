package dev.madeleine;

import dev.madeleine.internal.TokenBuffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Marks as entries of an engine: encrypted by the keys of the application, so that whoever can
 * write to the engine cannot end a session, and whoever reads it learns nobody's hash.
 *
 * <pre>
 * entry  prefix 6, as of a token of version 2 | nonce 24 | ciphertext( mark 21 … ) | tag 16
 * mark   kind 1 | hash 8 | not before, ms 6 | until, ms 6
 * </pre>
 */
final class MarkSeal {
  /** Most marks of one entry: some 84,000 bytes. */
  static final int MOST = 4000;

  private static final String PURPOSE = "blob:marks";
  private static final int MARK = 21;
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private final Supplier<KeyRing> keys;
  private final String audience;
  private final Sealer sealer;
  private final TokenVersion version = new Version2();
  private volatile DerivedKeys derived;

  MarkSeal(Supplier<KeyRing> keys, String audience, SecureRandom random) {
    sealer = new XaesGcm(random);
    this.keys = keys;
    this.audience = audience;
    derived = derive(keys.get());
  }

  /**
   * The marks of an entry.
   *
   * @param byOldKey whether a key sealed it that does not sign any more
   */
  record Opened(List<Mark> marks, boolean byOldKey) {}

  private DerivedKeys derive(KeyRing ring) {
    return new DerivedKeys(ring, sealer, version, "marks", PURPOSE, "", audience);
  }

  private DerivedKeys keys() {
    KeyRing ring = keys.get();
    DerivedKeys known = derived;
    if (!known.areOf(ring)) {
      known = derive(ring);
      derived = known;
    }
    return known;
  }

  /** An entry of at most {@link #MOST} marks. */
  byte[] seal(List<Mark> marks) {
    DerivedKeys.Subkey key = keys().signing();
    int header = version.prefixLength();
    int length = header + sealer.nonceLength() + MARK * marks.size() + sealer.tagLength();
    ByteBuffer entry = ByteBuffer.allocate(length);
    TokenBuffer prefix = TokenBuffer.take();
    version.writePrefix(true, key.id(), prefix);
    entry.put(prefix.array(), 0, header).position(header + sealer.nonceLength());
    prefix.release();
    for (Mark mark : marks) {
      entry.put((byte) mark.kind().number()).putLong(mark.hash());
      putMillis(entry, mark.notBefore());
      putMillis(entry, mark.until());
    }
    key.sealer().seal(entry.array(), header, length);
    return entry.array();
  }

  /** What an entry holds, or null if it is none that these keys made. */
  @Nullable Opened open(byte[] entry) {
    int header = version.prefixLength();
    int start = header + sealer.nonceLength();
    int size = entry.length - start - sealer.tagLength();
    if (size < MARK
        || size % MARK != 0
        || entry[0] != Version2.NUMBER
        || !version.hasForm(true, entry)) {
      return null;
    }
    DerivedKeys known = keys();
    DerivedKeys.Subkey key = known.find(version.keyId(entry));
    byte[] copy = entry.clone(); // It is opened in place.
    if (key == null || !key.sealer().unseal(copy, header, copy.length)) {
      return null;
    }
    ByteBuffer plain = ByteBuffer.wrap(copy, start, size);
    List<Mark> marks = new ArrayList<>(size / MARK);
    while (plain.hasRemaining()) {
      int kind = plain.get();
      long hash = plain.getLong();
      long notBefore = millis(plain);
      long until = millis(plain);
      if (kind >= 0 && kind < Mark.Kind.count()) { // Or one of a later release.
        marks.add(new Mark(Mark.Kind.of(kind), hash, notBefore, until));
      }
    }
    return new Opened(marks, key.id() != known.signing().id());
  }

  private static void putMillis(ByteBuffer out, long millis) {
    long value = Math.max(0, Math.min(millis, MAX_MILLIS));
    out.putShort((short) (value >>> Integer.SIZE)).putInt((int) value);
  }

  private static long millis(ByteBuffer in) {
    long high = Short.toUnsignedLong(in.getShort());
    return high << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
  }
}
