package dev.madeleine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.madeleine.TokenHeader;
import dev.madeleine.encoders.Cbor;
import dev.madeleine.internal.Utf8;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a cookie without a key: nothing of it is authentic.
 *
 * @param format name of the format that it looks like, or null
 * @param header what a native token's header claims, or null
 * @param json its attributes as JSON, or null if they cannot be seen
 */
record Peek(@Nullable String format, @Nullable TokenHeader header, @Nullable String json) {
  private static final int TAG = 32;
  private static final int LONGEST = 65_536;
  private static final Pattern CONNECT = Pattern.compile("([A-Za-z0-9+/]+=*)--[0-9a-f]{40}");

  /**
   * Looks at a text.
   *
   * @param signature whether a cookie with the signature was received beside it
   */
  static Peek at(String text, boolean signature) {
    TokenHeader header = TokenHeader.of(text);
    if (header != null) {
      return new Peek("native", header, payload(Base64.getUrlDecoder().decode(text), header));
    }
    Matcher connect =
        CONNECT.matcher(text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="));
    if (connect.matches()) {
      return new Peek("connect-cookie-session", null, base64Json(connect.group(1)));
    }
    String json = base64Json(text);
    return new Peek(signature && json != null ? "cookie-session" : null, null, json);
  }

  private static @Nullable String base64Json(String text) {
    try {
      return json(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      return null; // It is no base64, so it is something else.
    }
  }

  /** The payload of a signed token, or null if it does not look like one. */
  private static @Nullable String payload(byte[] token, TokenHeader header) {
    TokenHeader.Metadata metadata = header.metadata();
    if (metadata == null || token.length < header.length() + TAG) {
      return null;
    }
    byte[] payload = Arrays.copyOfRange(token, header.length(), token.length - TAG);
    if (metadata.deflated()) {
      payload = inflated(payload);
    }
    String json = json(payload);
    return json == null ? cbor(payload) : json;
  }

  private static byte[] inflated(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      byte[] plain = new byte[LONGEST];
      return Arrays.copyOf(plain, inflater.inflate(plain));
    } catch (DataFormatException e) {
      return new byte[0]; // It is broken: there is nothing to see.
    } finally {
      inflater.end();
    }
  }

  private static @Nullable String json(byte[] bytes) {
    String text = Utf8.text(bytes);
    try {
      JsonNode tree = text == null || !text.startsWith("{") ? null : SessionJson.tree(text);
      return tree == null || !tree.isObject() ? null : text;
    } catch (IOException e) {
      return null; // It is no JSON, so it is something else.
    }
  }

  private static @Nullable String cbor(byte[] bytes) {
    try {
      return SessionJson.write(JsonSerializer.PLAIN, Cbor.serializer().fromBytes(bytes));
    } catch (IOException | RuntimeException e) {
      return null; // It is no CBOR either: encrypted, most likely.
    }
  }
}
