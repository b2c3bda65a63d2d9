package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands forge, inspect and verify, which look at the same cookies. */
class CookieCommandsTest {
  private static final String KEY = "base64:x8+3PpWJZb4hGq0kN5mTuS7yVd1eRf2aLc6iXo9wB3A=";
  private static final String JSON = "{\"user\":\"marcel\",\"views\":1}";

  private final Terminal terminal = new Terminal();
  private final Terminal keyless = new Terminal();

  @TempDir private Path folder;

  CookieCommandsTest() {
    terminal.variables.put("MADELEINE_KEY", KEY);
  }

  private String forged(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "forge";
    System.arraycopy(options, 0, args, 1, options.length);
    args[args.length - 1] = JSON;
    terminal.run(args);
    assertThat(terminal.code).as(terminal.err).isZero();
    assertThat(terminal.err).contains("real session of that key");
    return terminal.out.strip();
  }

  @Test
  void showsASignedCookieWithoutKeysAndSaysNotVerified() throws IOException {
    String value = forged("--created", "-10m", "--refreshed", "-3m", "--subject", "marcel");
    keyless.run("inspect", value);
    assertThat(keyless.code).isZero();
    assertThat(keyless.out)
        .contains("NOT VERIFIED")
        .contains("native (signed: anybody can read it)")
        .contains("(10 minutes ago)")
        .contains("expires in 27 minutes if idle")
        .contains("\"user\" : \"marcel\"");
    keyless.run("inspect", "--json", value);
    assertThat(keyless.json().get("seal").asText()).isEqualTo("not verified");
    assertThat(keyless.json().get("authentic").asBoolean()).isFalse();
    assertThat(keyless.json().get("flags").toString()).isEqualTo("[\"subject\"]");
    assertThat(keyless.json().get("session").toString()).isEqualTo(JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xaes-256-gcm", "xchacha20-poly1305", "aes-256-gcm-siv"})
  void showsOnlyTheHeaderOfAnEncryptedCookieWithoutKeys(String sealer) {
    String value = forged("-O", "sealer=" + sealer);
    keyless.run("inspect", value);
    assertThat(keyless.code).isZero();
    assertThat(keyless.out)
        .contains("encrypted: the content needs a key")
        .contains("cannot be seen without the right key")
        .doesNotContain("marcel")
        .doesNotContain("idle");
    terminal.run("inspect", value);
    assertThat(terminal.code).isZero();
    assertThat(terminal.out)
        .contains("good, verified by key")
        .contains("expires in 30 minutes if idle")
        .contains("\"user\" : \"marcel\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: a=b; __Host-session=VALUE; c=d",
        "cookie: __Host-session=VALUE",
        "Set-Cookie: __Host-session=VALUE; Path=/; Secure; HttpOnly",
        "a=b; __Host-session=VALUE",
        "HTTP/1.1 200 OK\r\nVary: Cookie\r\nSet-Cookie: x=y\r\nSet-Cookie: __Host-session=VALUE; Path=/\r\n\r\nbody",
        "< set-cookie: __Host-session=VALUE; Path=/",
        "VALUE\n"
      })
  void findsTheCookieInWhatWasCopied(String copied) throws IOException {
    String text = copied.replace("VALUE", forged());
    terminal.feed(text, "inspect", "--json");
    assertThat(terminal.code).isZero();
    assertThat(terminal.json().get("accepted").asBoolean()).isTrue();
    assertThat(terminal.json().get("cookie").asText()).isEqualTo("__Host-session");
    terminal.feed(text, "verify");
    assertThat(terminal.out).isEqualTo("accepted\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"VALUE\"|begins with a quotation mark|VALUE",
        "'VALUE'|begins with a quotation mark|VALUE",
        "VALUE\"|ends with a quotation mark|VALUE",
        "\"__Host-session=VALUE\"|a quotation mark|__Host-session=VALUE",
        "Cookie: __Host-session=\"VALUE\"|begins with a quotation mark|Cookie: __Host-session=VALUE",
        "BOMVALUE|begins with a byte order mark (U+FEFF)|VALUE",
      })
  void saysWhatSurroundsTheValueAndTakesItWithout(String text, String what, String without)
      throws IOException {
    String value = forged();
    assertHint(
        text.replace("VALUE", value).replace("BOM", "\ufeff"),
        what + ", which is not part of a value; remove it");
    terminal.feed(without.replace("VALUE", value), "verify");
    assertThat(terminal.out).isEqualTo("accepted\n");
  }

  @Test
  void knowsTheLineOfACookieJarAndTakesItsLastColumns() throws IOException {
    String value = forged();
    String line =
        String.join(
            "\t", "#HttpOnly_localhost", "FALSE", "/", "TRUE", "0", "__Host-session", value);
    assertHint(line, "cookie jar");
    assertHint("# Netscape HTTP Cookie File\n\n" + line + "\n", "last two columns");
    terminal.run("verify", "__Host-session=" + value);
    assertThat(terminal.out).isEqualTo("accepted\n");
  }

  private void assertHint(String text, String hint) throws IOException {
    terminal.feed(text, "inspect");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.out).contains(hint).doesNotContain("no key was given");
    terminal.feed(text, "inspect", "--json");
    assertThat(terminal.json().get("hint").asText()).contains(hint);
    terminal.feed(text, "verify");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.out).contains("hint: ").contains(hint);
  }

  @Test
  void saysThatTheFormatIsUnknownWhereKeysWereGiven() {
    terminal.run("inspect", "abc");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.out).contains("name it with --format").doesNotContain("hint");
    terminal.run("inspect", "abc", "--format", "native");
    assertThat(terminal.out).contains("REJECTED: MALFORMED");
    keyless.run("inspect", "abc");
    assertThat(keyless.out).contains("no key was given");
  }

  @Test
  void verifyFindsACookieOfAnotherName() {
    terminal.run("verify", "Cookie: a=b; sid=" + forged("--name", "sid"));
    assertThat(terminal.out).isEqualTo("accepted\n");
  }

  @Test
  void readsCompressedPaddedBinaryAndChunkedOnes() throws IOException {
    for (String options :
        new String[] {"serializer=cbor", "compress=1", "layout=chunked", "purpose=session"}) {
      String value = forged("-O", options);
      keyless.run("inspect", "--json", value);
      assertThat(keyless.json().get("session").toString()).as(options).isEqualTo(JSON);
    }
    Path large = folder.resolve("large.json");
    Files.writeString(large, "{\"a\":\"" + "x".repeat(4000) + "\"}");
    terminal.run("forge", "-O", "layout=chunked", "--header", "@" + large);
    String header = terminal.out.strip();
    assertThat(header).contains("__Host-session=~2.").contains("; __Host-session.1=~2.");
    terminal.run("inspect", "--json", header);
    assertThat(terminal.json().at("/session/a").asText()).hasSize(4000);
    assertThat(terminal.json().get("accepted").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', accepted",
    "--now=2026-07-01T12:40:00Z, EXPIRED",
    "--now=2026-07-01T12:40:00Z --no-times, accepted",
    "--now=2026-07-01T12:40:00Z --idle=1h, accepted",
    "--idle=1m --now=2026-07-01T12:02:00Z, EXPIRED",
    "--absolute=5m --now=2026-07-01T12:05:00Z, EXPIRED",
    "--now=-1h, NOT_YET_VALID",
    "--name=session, BAD_SEAL",
    "-O audience=shop, BAD_SEAL"
  })
  void verifiesByKeyNameAndTimes(String options, String expected) throws IOException {
    String value = forged();
    terminal.run(("verify " + options + " " + value).replaceAll(" +", " ").split(" ", -1));
    assertThat(terminal.out).contains(expected);
    assertThat(terminal.code).isEqualTo(expected.equals("accepted") ? 0 : 1);
    assertThat(terminal.err).isEmpty();
  }

  @Test
  void tellsAnOlderKeyAndARejection() throws IOException {
    String value = forged();
    terminal.variables.put(
        "MADELEINE_KEY", "base64:Q0Dkz2mVn3XoJp8rT5yWb1uHc7sLf4gEa6iNx9hKq+M=," + KEY);
    terminal.run("inspect", value);
    assertThat(terminal.out).contains("an older one; would be written again: OLD_KEY");
    int at = value.length() - 9;
    String other = value.charAt(at) == 'A' ? "E" : "A";
    terminal.run("inspect", value.substring(0, at) + other + value.substring(at + 1));
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.out).contains("REJECTED: BAD_SEAL").contains("not verified");
  }

  @Test
  void readsKeyFilesAndForeignSecrets() throws IOException {
    terminal.run("keygen", "--ring", "-o", folder.resolve("keys.json").toString());
    String ring = folder.resolve("keys.json").toString();
    terminal.run("forge", "--key-file", ring, JSON);
    String value = terminal.out.strip();
    terminal.run("verify", "--key-file", ring, value);
    assertThat(terminal.code).isZero();
    Path secrets = folder.resolve("express.keys");
    Files.writeString(secrets, "a new secret of mine\nan old secret of mine\n");
    terminal.run(
        "forge", "--format", "cookie-session", "--key-file", secrets.toString(), "--header", JSON);
    String header = terminal.out.strip();
    assertThat(header).startsWith("Cookie: session=eyJ1").contains("; session.sig=");
    keyless.run("inspect", header);
    assertThat(keyless.out).contains("cookie-session").contains("NOT VERIFIED").contains("marcel");
    keyless.feed(
        "a secret\nan old secret of mine\na new secret of mine",
        "verify",
        "--format",
        "cookie-session",
        "--key-stdin",
        "--json",
        header);
    assertThat(keyless.json().get("reissue").toString()).isEqualTo("[\"OLD_KEY\"]");
  }

  @Test
  void escapesWhatWouldSteerTheTerminal() {
    String hostile = "{\"a\":\"\\u001b[2J\\u009b31m\\u202eevil\\u007f\",\"\\u001b]0;x\":1}";
    terminal.run("forge", hostile);
    String value = terminal.out.strip();
    terminal.run("inspect", value);
    assertThat(terminal.out).contains("evil").matches(CookieCommandsTest::isHarmless);
    terminal.run("inspect", "Cookie: \u001b[2J\u202e=x");
    assertThat(terminal.out).matches(CookieCommandsTest::isHarmless);
    terminal.run("verify", "--name", "\u001b[2J", "x");
    assertThat(terminal.out + terminal.err).matches(CookieCommandsTest::isHarmless);
  }

  private static boolean isHarmless(String text) {
    return text.chars()
        .allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || (c > 0x9f && c != 0x202e));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify x",
        "verify --format rot13 x",
        "verify --now noon x",
        "verify --key-file no-such-file x",
        "verify --key-file . x",
        "verify --format cookie-session --key-file no-such-file x",
        "verify --key-env KEY --idle -1s x",
        "verify -O colour=blue --key-env KEY x",
        "verify --key-env NONE x",
        "forge --key-env KEY --created soon {}",
        "forge --key-env KEY -O pad=64 {}",
        "inspect --key-stdin",
        "batch --loud"
      })
  void wrongUsageExitsWithTwo(String command) {
    keyless.variables.put("KEY", KEY);
    keyless.run(command.split(" ", -1));
    assertThat(keyless.code).isEqualTo(2);
    assertThat(keyless.err).isNotEmpty().doesNotContain("x8+3PpW");
  }

  @Test
  void whatIsNoCookieIsSaidSo() {
    keyless.run("inspect", "nothing of this kind");
    assertThat(keyless.code).isEqualTo(1);
    assertThat(keyless.out).contains("unknown");
  }
}
