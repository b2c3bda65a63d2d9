package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an encoder gets for nothing, seen at a small one as an application might write it. */
final class SessionEncoderTest {
  static final byte[] KEY = Fixtures.secret("small encoder");

  /** {@code base64url(JSON).base64url(HMAC)}: attributes alone, no id and no times. */
  static class Small implements SessionEncoder {
    @Override
    public String encode(SessionSnapshot session) {
      byte[] json = serializer().toBytes(session.attributes());
      String text = Tokens.text(json) + "." + Tokens.text(Tokens.mac(KEY, json));
      if (text.length() > 4000) {
        throw SessionTooLargeException.of(session, serializer(), text.length(), 4000);
      }
      return text;
    }

    @Override
    public Decoded decode(String text) {
      try {
        String[] parts = text.split("\\.", 3);
        byte[] json = Base64.getUrlDecoder().decode(parts[0]);
        byte[] mac = Tokens.mac(KEY, json);
        byte[] whole = Fixtures.utf8(Tokens.text(json) + "." + Tokens.text(mac));
        if (parts.length != 2 || !MessageDigest.isEqual(whole, Fixtures.utf8(text))) {
          return new Rejected(RejectionReason.BAD_SEAL);
        }
        return new Accepted(SessionSnapshot.of(serializer().read(json, 0, json.length)), false);
      } catch (IOException | RuntimeException e) {
        return new Rejected(RejectionReason.MALFORMED);
      }
    }
  }

  @Test
  void isBoundToNoNameUnlessItSaysSo() {
    SessionEncoder encoder = new Small();
    assertThat(encoder.withName("a")).isSameAs(encoder);
  }

  @Test
  void carriesPlainJsonUnlessItSaysSo() {
    assertThat(new Small().serializer()).isSameAs(JsonSerializer.PLAIN);
  }

  /** An encoder that writes the attributes' JSON in this way, and reads nothing. */
  private record Writing(UnaryOperator<byte[]> text) implements SessionEncoder {
    @Override
    @SuppressWarnings("NullAway") // A stranger's encoder need not be annotated.
    public String encode(SessionSnapshot session) {
      byte[] bytes = text.apply(serializer().toBytes(session.attributes()));
      return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public Decoded decode(String text) {
      return new Rejected(RejectionReason.MALFORMED);
    }
  }

  private static List<HttpHeader> saved(UnaryOperator<byte[]> text) {
    Sessions sessions = Sessions.builder(new Writing(text)).build();
    Session session = sessions.load(name -> List.of());
    session.put("a", "b");
    return sessions.save(session);
  }

  @Test
  @SuppressWarnings("NullAway")
  void namesTheEncoderThatWritesNothing() {
    assertThatThrownBy(() -> saved(json -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Writing.class.getName() + " wrote null")
        .hasMessageContaining("the text that decode reads");
    assertThatThrownBy(() -> saved(json -> new byte[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrote an empty text");
  }

  @Test
  void refusesACharacterThatWouldSplitTheHeaderAndNamesWhatWritesNone() {
    assertThatThrownBy(() -> saved(json -> json))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Writing.class.getName())
        .hasMessageEndingWith("CookieText.encode")
        .hasMessageNotContaining("\"b\"");
    assertThat(saved(json -> CookieText.encode(json).getBytes(StandardCharsets.US_ASCII)))
        .extracting(HttpHeader::value)
        .contains("__Host-session=eyJhIjoiYiJ9; Path=/; Secure; HttpOnly; SameSite=Lax");
  }
}
