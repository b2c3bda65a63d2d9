package dev.madeleine.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code madeleine verify}: whether a server with these keys would take this cookie. */
@Command(
    name = "verify",
    description = "Tell whether a server with these keys would take this cookie now.",
    footer = {
      "",
      "Exit codes: 0 accepted, 1 rejected, 2 wrong usage.",
      "",
      "Examples:",
      "  madeleine verify --key-file keys.json \"$value\"",
      "  curl -si https://shop.example/ | madeleine verify --name session",
      "  madeleine verify --no-times 'Cookie: session=...; session.sig=...' \\",
      "    --format cookie-session --key-file express.keys"
    })
final class Verify implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private SecretOption secrets = new SecretOption();

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "Judge by this idle timeout, not by the one that is sealed in the cookie.")
  private String idle = "";

  @Option(
      names = "--absolute",
      paramLabel = "TIME",
      description = "Judge by this absolute timeout, not by 12h.")
  private String absolute = "";

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "Judge at this time: 1700000000, -10m.")
  private String now = "";

  @Option(names = "--no-times", description = "Judge the seal and the payload, not the times.")
  private boolean timeless;

  @Parameters(
      paramLabel = "COOKIE",
      arity = "0..1",
      description = "A value, a Cookie: or a Set-Cookie: line. If not given: standard input.")
  private String cookie = "";

  Verify(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Instant when = TimeText.parse("--now", now, console.now());
    Map<String, String> options = new LinkedHashMap<>(format.options().values());
    put(options, "idle", idle);
    put(options, "absolute", absolute);
    Format form = format.format();
    FormatKeys keys = secrets.require(form, console);
    String text = Inspect.text(cookie, secrets, console);
    CookieInput input = CookieInput.parse(text);
    String usual = format.name(form.cookie());
    String name = input.named(usual).containsKey(usual) ? usual : Inspect.name(format, input);
    OpenFormat.Use use =
        new OpenFormat.Use(form, name, keys, new FormatOptions(options), !timeless);
    Map<String, String> cookies = input.named(name);
    Verdict verdict = verdict(use, cookies, when);
    Answer answer = answer(verdict, name);
    String hint = CookieInput.hint(text, CookieInput.text(name, cookies));
    if (hint != null && !verdict.accepted()) {
      answer.with("hint", hint).line("hint: " + hint);
    }
    return answer.print(console, common.json);
  }

  /** What is thrown here is about the options: a cookie, whatever it holds, gives a verdict. */
  private Verdict verdict(OpenFormat.Use use, Map<String, String> cookies, Instant when) {
    try {
      return CookieCheck.of(use, cookies, when, console.random()).verdict();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UsageProblem("options", String.valueOf(e.getMessage()));
    }
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (!value.isEmpty()) {
      options.put(name, value);
    }
  }

  private static Answer answer(Verdict verdict, String name) {
    Answer answer =
        new Answer(verdict.accepted() ? Madeleine.DONE : Madeleine.FAILED)
            .with("accepted", verdict.accepted())
            .with("cookie", name);
    if (verdict.accepted()) {
      answer.with("reissue", verdict.reissue());
      answer.line("accepted");
    } else {
      String reason = String.valueOf(verdict.reason());
      answer
          .with("reason", reason)
          .line("rejected: " + reason + ", " + PlainReason.of(reason, name));
    }
    verdict.warnings().forEach(warning -> answer.line("warning: " + warning));
    return answer;
  }
}
