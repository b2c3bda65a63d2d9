package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.madeleine.CookieOptions;
import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Session;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random sessions between us and the real npm packages, in both directions. */
class NodeLiveTest {
  private static final int SESSIONS = 400;
  private static final int ROOM = 60_000;

  /** One session with everything that both sides have to agree on. */
  private record Case(
      Map<String, Object> session,
      String name,
      List<byte[]> secrets,
      int signing,
      Digest digest,
      boolean hex) {

    static Case next(RandomSessions sessions, Random random) {
      List<byte[]> secrets = new ArrayList<>();
      for (int count = 1 + random.nextInt(4); count > 0; count--) {
        // Shorter and longer than a block.
        byte[] secret =
            new byte[1 + (random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(199))];
        random.nextBytes(secret);
        secrets.add(secret);
      }
      return new Case(
          sessions.next(),
          List.of("session", "__Host-session", "s.1", "x").get(random.nextInt(4)),
          secrets,
          random.nextInt(secrets.size()),
          List.of(Digest.values()).get(random.nextInt(4)),
          random.nextBoolean());
    }

    /** This case as the side sees it that has all secrets from one on. */
    SessionEncoder encoder(int from) {
      ForeignSecrets all =
          ForeignSecrets.signingWithWeak(secrets.get(from))
              .alsoAcceptingWeak(secrets.subList(from + 1, secrets.size()).toArray(byte[][]::new));
      Keygrip keygrip = Keygrip.of(all).withDigest(digest);
      return CookieSession.encoder(hex ? keygrip.withHex() : keygrip)
          .withName(name)
          .withLimit(ROOM);
    }

    Map<String, Object> call(String operation, int from) {
      Map<String, Object> call = new HashMap<>();
      call.put("op", operation);
      call.put("name", name);
      call.put("keys", secrets.subList(from, secrets.size()));
      call.put("algorithm", digest.name().toLowerCase(Locale.ROOT));
      call.put("encoding", hex ? "hex" : "base64");
      return call;
    }

    /** Where the signing secret stands: two may be equal, then the first counts. */
    boolean isOld() {
      byte[] secret = secrets.get(signing);
      return !Arrays.equals(secret, secrets.get(0));
    }
  }

  private static List<Case> cases(long seed) {
    RandomSessions sessions = new RandomSessions(seed);
    Random random = new Random(seed);
    return IntStream.range(0, SESSIONS).mapToObj(i -> Case.next(sessions, random)).toList();
  }

  private static String json(SessionEncoder encoder, Map<String, Object> session) {
    return new String(encoder.serializer().toBytes(session), StandardCharsets.UTF_8);
  }

  private static void assertRead(Decoded decoded, Map<String, Object> session, boolean old) {
    assertThat(decoded).isInstanceOf(Accepted.class);
    Accepted accepted = (Accepted) decoded;
    assertThat(accepted.snapshot().attributes()).isEqualTo(session);
    assertThat(accepted.byOldKey()).isEqualTo(old);
    assertThat(accepted.snapshot().unreadable()).isEmpty();
  }

  /** The value of the cookie that a header sets. */
  private static String value(String setCookie, String name) {
    assertThat(setCookie).startsWith(name + "=");
    return setCookie.substring(name.length() + 1).replaceFirst(";.*", "");
  }

  @Test
  void readsWhatCookieSessionWritesAndWritesTheSameBytes() throws Exception {
    List<Case> cases = cases(11);
    List<Map<String, Object>> calls = new ArrayList<>();
    for (Case one : cases) {
      Map<String, Object> call = one.call("write", one.signing);
      call.put("session", NodePeer.JSON.writeValueAsString(one.session));
      calls.add(call);
    }
    List<JsonNode> answers = NodePeer.running("cookie-session.js").ask(calls);
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      JsonNode cookies = answers.get(i).get("cookies");
      if (one.session.isEmpty()) {
        assertThat(cookies).isEmpty(); // The package writes no empty session that is new.
        continue;
      }
      String text =
          value(cookies.get(0).asText(), one.name)
              + "."
              + value(cookies.get(1).asText(), one.name + ".sig");
      assertRead(one.encoder(0).decode(text), one.session, one.isOld());
      assertThat(one.encoder(one.signing).encode(SessionSnapshot.of(one.session))).isEqualTo(text);
    }
  }

  @Test
  void cookieSessionReadsWhatWeWriteAndSignsAnewWhatAnOldSecretSigned() throws Exception {
    List<Case> cases = cases(22);
    List<Map<String, Object>> calls = new ArrayList<>();
    for (Case one : cases) {
      String text = one.encoder(one.signing).encode(SessionSnapshot.of(one.session));
      int dot = text.lastIndexOf('.');
      Map<String, Object> call = one.call("read", 0);
      call.put(
          "cookie",
          "%s=%s; %s.sig=%s"
              .formatted(one.name, text.substring(0, dot), one.name, text.substring(dot + 1)));
      calls.add(call);
    }
    List<JsonNode> answers = NodePeer.running("cookie-session.js").ask(calls);
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      SessionEncoder encoder = one.encoder(0);
      assertThat(answers.get(i).get("session").asText()).isEqualTo(json(encoder, one.session));
      JsonNode cookies = answers.get(i).get("cookies");
      if (one.isOld()) {
        String text = encoder.encode(SessionSnapshot.of(one.session));
        assertThat(value(cookies.get(0).asText(), one.name + ".sig"))
            .isEqualTo(text.substring(text.lastIndexOf('.') + 1));
      } else {
        assertThat(cookies).isEmpty(); // To the package the session is unchanged, byte for byte.
      }
    }
  }

  @Test
  void keygripAndWeSignAndFindTheSame() throws Exception {
    RandomSessions texts = new RandomSessions(33);
    List<Case> cases = cases(33);
    List<Map<String, Object>> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Case one : cases) {
      String text = texts.text();
      Keygrip keygrip =
          Keygrip.of(
                  ForeignSecrets.signingWithWeak(one.secrets.get(0))
                      .alsoAcceptingWeak(
                          one.secrets.subList(1, one.secrets.size()).toArray(byte[][]::new)))
              .withDigest(one.digest);
      keygrip = one.hex ? keygrip.withHex() : keygrip;
      Keygrip older =
          Keygrip.of(ForeignSecrets.signingWithWeak(one.secrets.get(one.signing)))
              .withDigest(one.digest);
      older = one.hex ? older.withHex() : older;
      Map<String, Object> sign = one.call("sign", 0);
      sign.put("text", text);
      calls.add(sign);
      expected.add(keygrip.sign(text));
      Map<String, Object> index = one.call("index", 0);
      index.put("text", text);
      index.put("signature", older.sign(text));
      calls.add(index);
      expected.add(String.valueOf(keygrip.index(text, older.sign(text))));
    }
    List<JsonNode> answers = NodePeer.running("cookie-session.js").ask(calls);
    for (int i = 0; i < calls.size(); i++) {
      JsonNode answer = answers.get(i);
      assertThat(answer.path(i % 2 == 0 ? "signature" : "index").asText())
          .isEqualTo(expected.get(i));
    }
  }

  @Test
  void printsNumbersAndEncodesTextAsNodeDoes() throws Exception {
    RandomSessions random = new RandomSessions(44);
    List<Map<String, Object>> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double number = random.number();
      String bits = HexFormat.of().toHexDigits(Double.doubleToLongBits(number));
      calls.add(Map.of("op", "number", "bits", bits));
      expected.add(EcmaNumber.toString(number));
    }
    for (int i = 0; i < SESSIONS; i++) {
      String text = random.text();
      calls.add(Map.of("op", "bytes", "text", text));
      expected.add(HexFormat.of().formatHex(Utf8.bytesLikeNode(text)));
    }
    List<JsonNode> answers = NodePeer.running("cookie-session.js").ask(calls);
    for (int i = 0; i < calls.size(); i++) {
      JsonNode answer = answers.get(i);
      assertThat(answer.path(answer.has("text") ? "text" : "hex").asText())
          .as("%s", calls.get(i))
          .isEqualTo(expected.get(i));
    }
  }

  @Test
  void knowsEveryNameThatCookieSessionDrops() throws Exception {
    SessionEncoder encoder = CookieSession.encoder(ForeignSecrets.signingWithWeak("a"));
    JsonNode names =
        NodePeer.running("cookie-session.js").ask(List.of(Map.of("op", "names"))).get(0);
    TreeSet<String> dropped = new TreeSet<>(List.of("_ctx", "isChanged", "isNew", "isPopulated"));
    names.get("names").forEach(name -> dropped.add(name.asText()));

    StringBuilder json = new StringBuilder("{\"kept\":1");
    dropped.forEach(name -> json.append(",\"").append(name).append("\":1"));
    String value =
        Base64.getEncoder().encodeToString((json + "}").getBytes(StandardCharsets.UTF_8));
    Keygrip keygrip = Keygrip.of(ForeignSecrets.signingWithWeak("a"));
    String signature = keygrip.sign("session=" + value);

    Accepted accepted = (Accepted) encoder.decode(value + "." + signature);
    assertThat(accepted.snapshot().attributes()).isEqualTo(Map.of("kept", 1));
    assertThat(new TreeSet<>(accepted.snapshot().unreadable())).isEqualTo(dropped);
    Map<String, Object> read =
        Map.of(
            "op",
            "read",
            "name",
            "session",
            "keys",
            List.of("a".getBytes(StandardCharsets.US_ASCII)),
            "cookie",
            "session=%s; session.sig=%s".formatted(value, signature));
    JsonNode theirs = NodePeer.running("cookie-session.js").ask(List.of(read)).get(0);
    assertThat(theirs.get("session").asText()).isEqualTo("{\"kept\":1}");
  }

  @Test
  void connectCookieSessionAndWeReadEachOther() throws Exception {
    RandomSessions sessions = new RandomSessions(55);
    List<Map<String, Object>> all = new ArrayList<>();
    List<String> secrets = new ArrayList<>();
    List<Map<String, Object>> calls = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Map<String, Object> session = sessions.next();
      String secret = "k" + sessions.text();
      all.add(session);
      secrets.add(secret);
      String text = encoder(secret).encode(SessionSnapshot.of(session));
      calls.add(
          Map.of(
              "op",
              "write",
              "name",
              "connect.sid",
              "secret",
              secret,
              "session",
              NodePeer.JSON.writeValueAsString(session)));
      calls.add(
          Map.of(
              "op",
              "read",
              "name",
              "connect.sid",
              "secret",
              secret,
              "cookie",
              "connect.sid=" + text));
    }
    List<JsonNode> answers = NodePeer.running("connect-cookie-session.js").ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      SessionEncoder encoder = encoder(secrets.get(i));
      String text = value(answers.get(2 * i).get("cookie").asText(), "connect.sid");
      assertRead(encoder.decode(text), all.get(i), false);
      assertThat(encoder.encode(SessionSnapshot.of(all.get(i)))).isEqualTo(text);
      JsonNode read = answers.get(2 * i + 1);
      assertThat(read.get("session").asText()).isEqualTo(json(encoder, all.get(i)));
    }
  }

  @Test
  void expressReadsTheCookiesOfOurResponseAndWeReadThoseOfIts() throws Exception {
    ForeignSecrets secrets = ForeignSecrets.signingWithWeak("a");
    Sessions sessions =
        Sessions.builder(
                SessionTransport.signaturePair(
                    CookieOptions.named("session"), CookieSession.encoder(secrets)))
            .policy(SessionPolicy.defaults().withUndatedUntil(Instant.MAX))
            .listener(event -> {})
            .build();
    Session session = sessions.load(name -> List.of());
    session.put("user", "zoé");
    String cookie =
        sessions.save(session).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(header -> header.value().replaceFirst(";.*", ""))
            .collect(Collectors.joining("; "));
    Map<String, Object> call = new HashMap<>();
    call.put("op", "change");
    call.put("name", "session");
    call.put("keys", List.of("a".getBytes(StandardCharsets.US_ASCII)));
    call.put("cookie", cookie);
    JsonNode answer = NodePeer.running("cookie-session.js").ask(List.of(call)).get(0);

    List<String> back = new ArrayList<>();
    answer.get("cookies").forEach(line -> back.add(line.asText().replaceFirst(";.*", "")));
    Session changed =
        sessions.load(name -> name.equals("Cookie") ? List.of(String.join("; ", back)) : List.of());
    assertThat(changed.get("user", "")).isEqualTo("zoé");
    assertThat(changed.get("seenByExpress", false)).isTrue();
    changed.invalidate();
    assertThat(sessions.save(changed))
        .filteredOn(header -> header.name().equals("Set-Cookie"))
        .extracting(header -> header.value().replaceFirst(";.*", ""))
        .containsExactly("session=", "session.sig=");
  }

  private static SessionEncoder encoder(String secret) {
    return ConnectCookieSession.encoder(ForeignSecrets.signingWithWeak(secret)).withLimit(ROOM);
  }

  @Test
  void connectReadsOnlyTheEncodedFormOfAPlus() throws Exception {
    String raw = "connect.sid=eyJhIjoiPz8+PiJ9--04631366de8a7714bcaaab5b12bbcffb62460ba4";
    List<Map<String, Object>> calls = new ArrayList<>();
    for (String cookie : List.of(raw, raw.replace("+", "%2B"))) {
      calls.add(Map.of("op", "read", "name", "connect.sid", "secret", "k", "cookie", cookie));
    }
    assertThat(NodePeer.running("connect-cookie-session.js").ask(calls))
        .extracting(answer -> answer.get("session").asText())
        .containsExactly("{}", "{\"a\":\"??>>\"}");
  }
}
