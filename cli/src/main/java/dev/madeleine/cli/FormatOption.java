package dev.madeleine.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what a cookie is: its format, its name, how it is made. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "native, encrypted, cookie-session or connect-cookie-session.")
  private String format = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The cookie's name, which the seal covers. If not given: the format's usual one.")
  private String name = "";

  @Option(
      names = {"-O", "--option"},
      paramLabel = "NAME=VALUE",
      description = {
        "An option of the format, for example sealer=xaes-256-gcm, serializer=cbor,",
        "purpose=session, audience=shop; of cookie-session algorithm=sha256, encoding=hex."
      })
  private Map<String, String> options = new LinkedHashMap<>();

  boolean hasFormat() {
    return !format.isEmpty();
  }

  /** The format that was named, or the native one. */
  Format format() {
    return Format.named(format.isEmpty() ? "native" : format);
  }

  /** The name that was given, or this. */
  String name(String fallback) {
    return name.isEmpty() ? fallback : name;
  }

  FormatOptions options() {
    return new FormatOptions(options);
  }
}
