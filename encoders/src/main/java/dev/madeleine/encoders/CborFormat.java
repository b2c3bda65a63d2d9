package dev.madeleine.encoders;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.madeleine.internal.Utf8;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.format.JacksonFormat;
import dev.madeleine.json.format.Layout;
import dev.madeleine.json.format.Members;
import java.io.IOException;

/**
 * The part of CBOR (RFC 8949) that a session consists of:
 *
 * <pre>
 * session = map                          nothing before or behind it
 * map     = a0..bb, then pairs           the key is text
 * array   = 80..9b, then items
 * text    = 60..7b, strict UTF-8
 * bytes   = 40..5b
 * integer = 00..1b, 20..3b               within a signed 64-bit number
 * float   = fb, 8 bytes
 * f4 false | f5 true | f6 null
 * </pre>
 *
 * <p>Lengths and integers are as short as they can be. Tags, undefined, other simple values,
 * shorter floats and indefinite lengths are nothing that is written here, so nothing that is read.
 */
final class CborFormat {
  /** How a session lies in its bytes. */
  private static final Layout LAYOUT =
      new Layout() {
        @Override
        public Members locate(byte[] bytes, int offset, int length) throws IOException {
          return CborFormat.locate(bytes, offset, length);
        }

        @Override
        public int headLength(int attributes) {
          return attributes < ONE_BYTE ? 1 : attributes < 0x100 ? 2 : 3;
        }

        @Override
        public void writeHead(int attributes, byte[] target) {
          int length = headLength(attributes);
          int info = attributes < ONE_BYTE ? attributes : ONE_BYTE + length - 2;
          target[0] = (byte) (MAP << 5 | info);
          for (int i = length - 1, rest = attributes; i > 0; i--, rest >>>= Byte.SIZE) {
            target[i] = (byte) rest;
          }
        }
      };

  /** What no longer fits into the byte of a head, which then says how many bytes follow. */
  private static final int ONE_BYTE = 24;

  private static final int MAX_DEPTH = 16;
  private static final int MAP = 5;
  private static final int TEXT = 3;
  private static final String NAME = "cbor";

  private final byte[] bytes;
  private final int end;
  private int at;
  private int names;
  private int values;

  private CborFormat(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    at = offset;
    end = offset + length;
  }

  /** The serializer; linking this class needs jackson-dataformat-cbor. */
  static JsonSerializer serializer() {
    return JsonSerializer.over(new JacksonFormat(NAME, new CBORFactory(), LAYOUT));
  }

  /**
   * Lets one session pass and nothing else. The parser alone would take overlong UTF-8, numbers for
   * names, undefined for null, and skip tags.
   */
  static Members locate(byte[] bytes, int offset, int length) throws IOException {
    CborFormat session = new CborFormat(bytes, offset, length);
    if (length == 0 || (bytes[offset] & 0xff) >>> 5 != MAP) {
      throw new IOException("not a map");
    }
    Members.Collector members = new Members.Collector();
    for (int left = session.length(session.next() & 0x1f); left > 0; left--) {
      session.member(members);
    }
    if (session.at != session.end) {
      throw new IOException("something follows the map");
    }
    return members.of(bytes, offset, offset + length);
  }

  private void member(Members.Collector members) throws IOException {
    int start = at;
    int namesBefore = names;
    int valuesBefore = values;
    int length = name();
    int nameEnd = at;
    item(2);
    members.add(
        start,
        nameEnd - length,
        nameEnd,
        Members.Spelling.UTF_8,
        nameEnd,
        at,
        names - namesBefore - 1,
        values - valuesBefore,
        false); // All values are built at once, so nobody asks.
  }

  /** One item; {@code depth} is its nesting if it is a map or an array. */
  private void item(int depth) throws IOException {
    values++;
    int head = next();
    int info = head & 0x1f;
    switch (head >>> 5) {
      case 0, 1 -> argument(info);
      case 2 -> skip(length(info));
      case TEXT -> utf8(length(info));
      case 4 -> {
        requireDepth(depth);
        for (int left = length(info); left > 0; left--) {
          item(depth + 1);
        }
      }
      case MAP -> {
        requireDepth(depth);
        for (int left = length(info); left > 0; left--) {
          name();
          item(depth + 1);
        }
      }
      default -> simple(head);
    }
  }

  private static void requireDepth(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("nested too deep");
    }
  }

  private void simple(int head) throws IOException {
    switch (head) {
      case 0xf4, 0xf5, 0xf6 -> {}
      case 0xfb -> skip(Double.BYTES);
      default -> throw new IOException("a tag, or a value that no session holds");
    }
  }

  /** Goes over a name; returns how many bytes its characters take up. */
  private int name() throws IOException {
    names++;
    int head = next();
    if (head >>> 5 != TEXT) {
      throw new IOException("not text");
    }
    int length = length(head & 0x1f);
    utf8(length);
    return length;
  }

  private void utf8(int length) throws IOException {
    int start = at;
    skip(length);
    Utf8.require(bytes, start, length);
  }

  /** A length or number of items; each takes a byte at least. */
  private int length(int info) throws IOException {
    long length = argument(info);
    if (length > end - at) {
      throw new IOException("longer than the rest");
    }
    return (int) length;
  }

  /** The number that belongs to a head (section 3), in its shortest form (section 4.1). */
  private long argument(int info) throws IOException {
    if (info < ONE_BYTE) {
      return info;
    }
    if (info > 27) {
      throw new IOException("an indefinite length, or a reserved head");
    }
    int size = 1 << (info - ONE_BYTE);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | next();
    }
    long shorter = size == 1 ? ONE_BYTE : 1L << (4 * size);
    if (value < shorter) {
      throw new IOException("beyond 64 bits with sign, or longer than it need be");
    }
    return value;
  }

  private int next() throws IOException {
    skip(1);
    return bytes[at - 1] & 0xff;
  }

  private void skip(int count) throws IOException {
    if (count > end - at) {
      throw new IOException("the end in the middle");
    }
    at += count;
  }
}
