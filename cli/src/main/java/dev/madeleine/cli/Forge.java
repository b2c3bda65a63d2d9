package dev.madeleine.cli;

import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code madeleine forge}: a cookie for a test. */
@Command(
    name = "forge",
    description = {
      "Make a cookie from JSON, for a test. What it makes is a real session of that key."
    },
    footer = {
      "",
      "Examples:",
      "  madeleine forge --key-file keys.json '{\"user\":\"marcel\",\"views\":1}'",
      "  echo '{\"user\":\"marcel\"}' | madeleine forge --subject marcel --created -10m --header",
      "  madeleine forge --format cookie-session --key-file express.keys @session.json"
    })
final class Forge implements Callable<Integer> {
  private static final int ID_BYTES = 16;

  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private SecretOption secrets = new SecretOption();

  @Option(names = "--header", description = "Print a Cookie: line instead of the value.")
  private boolean header;

  @Option(
      names = "--id",
      paramLabel = "HEX",
      description = "The session's id; random if not given.")
  private String id = "";

  @Option(
      names = "--created",
      paramLabel = "TIME",
      description = "1700000000, -10m; now if not given.")
  private String created = "";

  @Option(
      names = "--refreshed",
      paramLabel = "TIME",
      description = "Its last use; now if not given.")
  private String refreshed = "";

  @Option(
      names = "--max-idle",
      paramLabel = "TIME",
      defaultValue = "30m",
      converter = DurationText.class,
      description = "Its idle timeout (30m if not given).")
  private Duration maxIdle = Duration.ofMinutes(30);

  @Option(names = "--subject", paramLabel = "NAME", description = "The user it belongs to.")
  private String subject = "";

  @Option(names = "--generation", paramLabel = "N", description = "The user's generation.")
  private int generation;

  @Option(names = "--remembered", description = "It outlives the browser's session.")
  private boolean remembered;

  @Parameters(
      paramLabel = "JSON",
      arity = "0..1",
      description = "JSON, a file with it, or @file. If not given: standard input.")
  private String source = "";

  Forge(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Format form = format.format();
    OpenFormat opened =
        new OpenFormat(
            new OpenFormat.Use(
                form,
                format.name(form.cookie()),
                secrets.require(form, console),
                format.options(),
                true),
            console.random());
    Map<String, Object> attributes = SessionJson.read(form.json(opened.encoder()), json().strip());
    Map<String, String> cookies = opened.encode(session(form, attributes));
    console
        .err()
        .println("madeleine: this is a real session of that key; keep it out of logs and chats");
    opened.weaknesses().forEach(weakness -> console.err().println("madeleine: " + weakness));
    console.err().flush();
    String pairs =
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    boolean one = cookies.size() == 1 && !header;
    return new Answer(Madeleine.DONE)
        .with("cookies", cookies)
        .line(one ? cookies.values().iterator().next() : (header ? "Cookie: " : "") + pairs)
        .print(console, common.json);
  }

  private SessionSnapshot session(Format form, Map<String, Object> attributes) {
    Instant now = console.now();
    SessionSnapshot session =
        SessionSnapshot.of(attributes)
            .withTimes(
                TimeText.parse("--created", created, now),
                TimeText.parse("--refreshed", refreshed, now))
            .withMaxIdle(maxIdle)
            .withRemembered(remembered)
            .withSubject(subject.isEmpty() ? null : Subject.of(subject, generation));
    return form.isNative() ? session.withId(id.isEmpty() ? newId() : id) : session;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    console.random().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String json() throws IOException {
    if (source.isEmpty() || source.equals("-")) {
      if (secrets.isStandardInput()) {
        throw new UsageProblem("JSON", "standard input has the keys; name a file with the session");
      }
      return console.input();
    }
    if (source.startsWith("{")) {
      return source;
    }
    return Files.readString(Path.of(source.startsWith("@") ? source.substring(1) : source));
  }
}
