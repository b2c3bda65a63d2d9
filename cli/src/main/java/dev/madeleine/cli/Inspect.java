package dev.madeleine.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code madeleine inspect}: what is in a cookie. */
@Command(
    name = "inspect",
    description = {
      "Show what is in a cookie. Works without keys; what it shows then is not verified, and of",
      "an encrypted cookie only the header can be seen."
    },
    footer = {
      "",
      "Exit codes: 0 shown, 1 rejected by the keys or not recognized, 2 wrong usage.",
      "",
      "Examples:",
      "  madeleine inspect \"$value\"",
      "  madeleine inspect --key-file keys.json 'Cookie: __Host-session=...'",
      "  curl -si https://shop.example/ | madeleine inspect --name session"
    })
final class Inspect implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private SecretOption secrets = new SecretOption();

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "Tell times from here: 1700000000, -10m.")
  private String now = "";

  @Parameters(
      paramLabel = "COOKIE",
      arity = "0..1",
      description = "A value, a Cookie: or a Set-Cookie: line. If not given: standard input.")
  private String cookie = "";

  Inspect(Console console) {
    this.console = console;
  }

  /** What was given as an argument, otherwise standard input. */
  static String text(String argument, SecretOption secrets, Console console) throws IOException {
    if (!argument.isEmpty() && !argument.equals("-")) {
      return argument;
    }
    if (secrets.isStandardInput()) {
      throw new UsageProblem(
          "COOKIE", "standard input has the keys; give the cookie as an argument");
    }
    return console.input();
  }

  @Override
  public Integer call() throws IOException {
    Instant when = TimeText.parse("--now", now, console.now());
    String text = text(cookie, secrets, console);
    CookieInput input = CookieInput.parse(text);
    String name = name(format, input);
    Map<String, String> cookies = input.named(name);
    Peek peek = peek(name, cookies);
    Format form =
        format.hasFormat() || peek.format() == null ? format.format() : Format.named(peek.format());
    FormatKeys keys = secrets.find(form, console);
    CookieCheck check = null;
    if (keys != null && (peek.format() != null || format.hasFormat())) {
      OpenFormat.Use use = new OpenFormat.Use(form, name, keys, format.options(), true);
      check = CookieCheck.of(use, cookies, when, console.random());
    }
    String hint = CookieInput.hint(text, CookieInput.text(name, cookies));
    return new Inspection(name, cookies, peek, shown(peek), keys != null, check, hint, when)
        .answer()
        .print(console, common.json);
  }

  private @Nullable String shown(Peek peek) {
    return format.hasFormat() ? format.format().name() : peek.format();
  }

  private static Peek peek(String name, Map<String, String> cookies) {
    return Peek.at(CookieInput.text(name, cookies), cookies.containsKey(name + ".sig"));
  }

  /** The cookie that was asked for, or the first that looks like a session. */
  static String name(FormatOption format, CookieInput input) {
    String usual = format.name(format.format().cookie());
    if (input.bare() != null || !format.name("").isEmpty()) {
      return usual;
    }
    String readable = null;
    for (String candidate : input.candidates()) {
      Peek peek = peek(candidate, input.cookies());
      if (peek.format() != null) {
        return candidate;
      }
      readable = readable == null && peek.json() != null ? candidate : readable;
    }
    return readable == null ? usual : readable;
  }
}
