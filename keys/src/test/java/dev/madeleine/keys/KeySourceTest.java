package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.TWO;
import static dev.madeleine.keys.Fixtures.document;
import static dev.madeleine.keys.Fixtures.entry;
import static dev.madeleine.keys.Fixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
  private static final char[] PASSWORD = "not very secret".toCharArray();

  @TempDir Path folder;

  private static KeyRing ring(KeySource source) throws IOException {
    return source.rings(source.content()).ring(NOON);
  }

  private Path write(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Path keyStore(Map<String, String> secretsByAlias) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection(PASSWORD);
    for (Map.Entry<String, String> key : secretsByAlias.entrySet()) {
      SecretKeySpec secret = new SecretKeySpec(Fixtures.bytes(key.getValue()), "HmacSHA256");
      store.setEntry(key.getKey(), new KeyStore.SecretKeyEntry(secret), protection);
    }
    Path file = write("keys.p12", "", "rw-------");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  @Test
  void aFileHoldsAListOrADocument() throws IOException {
    Path list = write("list", ONE + "," + TWO + "\n", "rw-------");
    Path document = write("document", document(entry(TWO, "2026-06-01T00:00:00Z")), "rw-r-----");

    assertThat(ring(KeySource.file(list))).isEqualTo(KeyRing.parse(ONE + "," + TWO));
    assertThat(ring(KeySource.file(document))).isEqualTo(KeyRing.parse(TWO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-", "rw-rw-rw-"})
  void aFileThatEverybodyCanUseIsRefusedUnlessAllowed(String permissions) throws IOException {
    Path file = write("keys", ONE, permissions);

    assertThatThrownBy(() -> ring(KeySource.file(file)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("key file " + file)
        .hasMessageContaining("chmod 600")
        .hasMessageContaining("defaultMode: 0440");
    assertThat(ring(KeySource.file(file).withWorldReadable())).isNotNull();
  }

  @Test
  void theTargetOfALinkIsJudged() throws IOException {
    Path open = write("open", ONE, "rw-r--r--");
    Path link = Files.createSymbolicLink(folder.resolve("link"), open);
    assertThatThrownBy(() -> ring(KeySource.file(link))).hasMessageContaining("chmod");

    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("r--r-----"));
    assertThat(ring(KeySource.file(link))).isNotNull();
  }

  @Test
  void whatCannotBeAFileOfKeysIsNotRead() throws IOException {
    Path large = write("large", " ".repeat(SecretFile.MAX_BYTES) + ONE, "rw-------");

    assertThatThrownBy(() -> ring(KeySource.file(folder.resolve("none"))))
        .hasMessage("key file %s is missing", folder.resolve("none"));
    assertThatThrownBy(() -> ring(KeySource.file(folder))).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> ring(KeySource.file(large))).hasMessageContaining("65536 bytes");
    assertThatThrownBy(() -> ring(KeySource.file(write("empty", "", "rw-------"))))
        .hasMessageContaining("no keys");
    Path binary = write("binary", "", "rw-------");
    Files.write(binary, new byte[] {(byte) 0xc0, (byte) 0x80});
    assertThatThrownBy(() -> ring(KeySource.file(binary))).hasMessageContaining("no UTF-8");
  }

  @Test
  void anErrorNamesFileLineAndField() throws IOException {
    Path file =
        write(
            "keys",
            document(entry(ONE, "2026-06-01T00:00:00Z").replace("live", "on")),
            "rw-------");

    assertThatThrownBy(() -> ring(KeySource.file(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key file %s, line 5, field keys[0].state: must be", file);
  }

  @Test
  void aDirectoryIsFollowedThroughTheSwapOfItsLink() throws IOException {
    Path one = Files.createDirectory(folder.resolve("..2026_07_01"));
    Path two = Files.createDirectory(folder.resolve("..2026_07_02"));
    Files.setPosixFilePermissions(
        Files.writeString(one.resolve("keys.json"), ONE),
        PosixFilePermissions.fromString("r--r-----"));
    Files.setPosixFilePermissions(
        Files.writeString(two.resolve("keys.json"), TWO + "," + ONE + "\n"),
        PosixFilePermissions.fromString("r--r-----"));
    Path data = folder.resolve("..data");
    Files.createSymbolicLink(data, one.getFileName());
    Files.createSymbolicLink(folder.resolve("keys.json"), Path.of("..data", "keys.json"));
    KeySource source = KeySource.directory(folder);
    assertThat(ring(source).signingKey().id()).isEqualTo(id(ONE));

    Path swap = Files.createSymbolicLink(folder.resolve("..data_tmp"), two.getFileName());
    Files.move(swap, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

    assertThat(ring(source).signingKey().id()).isEqualTo(id(TWO));
  }

  @Test
  void aVariableHoldsAListOrADocumentAndIsReadOnce() throws IOException {
    String name = "madeleine.test.source";
    System.setProperty(name, document(entry(ONE, "2026-06-01T00:00:00Z")));
    try {
      assertThat(ring(KeySource.variable(name)).signingKey().id()).isEqualTo(id(ONE));
      System.setProperty(name, TWO);
      assertThat(ring(KeySource.variable(name)).signingKey().id()).isEqualTo(id(TWO));
      assertThat(KeySource.variable(name).isConstant()).isTrue();
    } finally {
      System.clearProperty(name);
    }
    assertThatThrownBy(() -> ring(KeySource.variable(name)))
        .hasMessageStartingWith("variable " + name + ", no keys")
        .hasMessageContaining("openssl rand");
  }

  @Test
  void anAnswerMayBeAnyText() throws IOException {
    assertThat(ring(KeySource.answering("vault", () -> ONE)).signingKey().id()).isEqualTo(id(ONE));
    assertThatThrownBy(() -> ring(KeySource.answering("vault", () -> "{")))
        .hasMessageStartingWith("vault, line 1");
  }

  @Test
  void whatAnAnswerThrowsIsNamedWithoutItsMessage() {
    Callable<String> failing =
        () -> {
          throw new IllegalStateException("cannot parse " + ONE);
        };
    assertThatThrownBy(() -> ring(KeySource.answering("vault", failing)))
        .isInstanceOf(IOException.class)
        .hasMessage("vault failed with java.lang.IllegalStateException");
  }

  @Test
  void theAliasInAKeyStoreSaysFromWhenAKeySigns() throws Exception {
    Path file =
        keyStore(
            Map.of(
                "2026-06-01",
                "one",
                "2026-07-01T13:00:00Z",
                "two",
                "2025-06-01T00:00:00Z",
                "three"));
    KeySource source = KeySource.keyStore(file, PASSWORD::clone);
    RingOverTime rings = source.rings(source.content());
    Instant promotion = NOON.plusSeconds(3600);

    assertThat(rings.ring(NOON).signingKey().id()).isEqualTo(id(ONE));
    assertThat(rings.ring(NOON).olderKeys()).hasSize(2);
    assertThat(rings.changesAfter(NOON)).isEqualTo(promotion);
    assertThat(rings.ring(promotion).signingKey().id()).isEqualTo(id(TWO));
    assertThat(rings.changesAfter(promotion)).isNull();
    assertThat(rings.ring(Instant.EPOCH).signingKey().id()).isEqualTo(id(Fixtures.THREE));
    assertThat(rings.ring(Instant.EPOCH).olderKeys()).hasSize(2);
  }

  @Test
  void aKeyStoreThatIsWrongIsNamedWithItsAlias() throws Exception {
    Path file = keyStore(Map.of("main", "one"));
    assertThatThrownBy(() -> ring(KeySource.keyStore(file, PASSWORD::clone)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alias \"main\" must say");
    assertThatThrownBy(() -> ring(KeySource.keyStore(file, "wrong"::toCharArray)))
        .hasMessageContaining("password");
    Path twice = keyStore(Map.of("2026-06-01", "one", "2026-06-01T00:00:00Z", "two"));
    assertThatThrownBy(() -> ring(KeySource.keyStore(twice, PASSWORD::clone)))
        .hasMessageContaining("same moment");
    Path none = keyStore(Map.of());
    assertThatThrownBy(() -> ring(KeySource.keyStore(none, PASSWORD::clone)))
        .hasMessageContaining("keytool -genseckey");
    Files.write(none, "no store".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ring(KeySource.keyStore(none, PASSWORD::clone)))
        .hasMessageContaining("no PKCS#12");
  }

  @Test
  void aFileThatIsGoneBeforeItIsReadIsLookedForAgain() {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> SecretFile.readReal(gone, false))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void aListOfSeveralKeysInAFileIsWholeWhenItsLastLineEnds() throws IOException {
    KeyRing two = KeyRing.parse(ONE + "," + TWO);
    for (String list : java.util.List.of(ONE + "\n" + TWO, ONE + "," + TWO)) {
      KeySource file = KeySource.file(write("keys.json", list, "rw-------"));
      assertThatThrownBy(() -> ring(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("half-written");
      assertThatThrownBy(() -> ring(KeySource.directory(folder)))
          .hasMessageContaining("half-written");
      write("keys.json", list + "\n", "rw-------");
      assertThat(ring(file)).isEqualTo(two);
      write("keys.json", list + "\r\n", "rw-------");
      assertThat(ring(KeySource.directory(folder))).isEqualTo(two);
      assertThat(ring(KeySource.answering("vault", () -> list))).isEqualTo(two);
    }
    assertThat(ring(KeySource.file(write("one", ONE, "rw-------")))).isEqualTo(KeyRing.parse(ONE));
  }

  @Test
  void aListThatIsCutAtTheEndOfALineIsTakenAsWholeAndADocumentNever() throws IOException {
    KeySource file = KeySource.file(write("keys", ONE + "\n" + TWO + "\n", "rw-------"));
    assertThat(ring(file).olderKeys()).hasSize(1);
    write("keys", ONE + "\n", "rw-------");
    assertThat(ring(file).olderKeys()).isEmpty();

    String document = KeySchedule.ofList(ONE + "," + TWO, Fixtures.LIFE, NOON).toJson();
    for (int length = 0; length < document.length() - 1; length++) {
      byte[] cut = document.substring(0, length).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> file.rings(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    write("keys", document, "rw-------");
    assertThat(ring(file).olderKeys()).hasSize(1);
  }

  @Test
  void namesAByteOrderMarkBeforeAListAndBeforeADocument() throws IOException {
    String document = KeySchedule.ofList(ONE, Fixtures.LIFE, NOON).toJson();
    for (String text : java.util.List.of(ONE + "\n", document)) {
      KeySource file = KeySource.file(write("keys", "\ufeff" + text, "rw-------"));
      assertThatThrownBy(() -> ring(file)).hasMessageContaining("begins with a byte order mark");
      write("keys", text, "rw-------");
      assertThat(ring(file)).isEqualTo(KeyRing.parse(ONE));
    }
  }
}
