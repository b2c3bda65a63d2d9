package dev.madeleine.containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends any bytes, for headers that a proper client does not write. */
final class RawClient {
  /** What came back. */
  record Response(int status, String body, Map<String, List<String>> headers) {}

  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ([0-9]+)");

  private RawClient() {}

  /**
   * Sends a GET with these header lines, as they are, and has the server close the connection
   * unless one of them says otherwise.
   *
   * @param version HTTP/1.1 or HTTP/1.0
   * @param lines in ISO 8859-1, without line ends
   */
  static Response get(int port, String path, String version, List<String> lines)
      throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " " + version + "\r\n");
    request.append("Host: localhost\r\n");
    lines.forEach(line -> request.append(line).append("\r\n"));
    boolean hasConnection = lines.stream().anyMatch(line -> line.startsWith("Connection:"));
    request.append(hasConnection ? "\r\n" : "Connection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(read(socket));
    }
  }

  /** Reads to the end, which on a connection that stays open is the end of the response. */
  private static String read(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] bytes = new byte[8192];
    for (int n; (n = socket.getInputStream().read(bytes)) >= 0; ) {
      all.write(bytes, 0, n);
      if (isWhole(all.toString(StandardCharsets.ISO_8859_1))) {
        break;
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /**
   * Whether these bytes are a response that says itself where it ends, by its length or its chunks,
   * and has reached that end. After an upgrade only the end of the connection tells.
   */
  private static boolean isWhole(String all) {
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    String head = all.substring(0, end).toLowerCase(Locale.ROOT);
    String body = all.substring(end + 4);
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      return body.matches("(?s)(.*\r\n)?0\r\n([^\r\n]+\r\n)*\r\n");
    }
    Matcher length = LENGTH.matcher(head);
    return length.find() && body.length() >= Integer.parseInt(length.group(1));
  }

  private static Response parse(String all) {
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no HTTP response: " + all);
    }
    String head = all.substring(0, end);
    int status = Integer.parseInt(head.substring(0, head.indexOf("\r\n")).split(" ", -1)[1]);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    addHeaders(head.substring(head.indexOf("\r\n") + 2), headers);
    String body = all.substring(end + 4);
    if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
      body = dechunked(body, headers);
    }
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return new Response(status, new String(bytes, StandardCharsets.UTF_8), headers);
  }

  private static void addHeaders(String lines, Map<String, List<String>> headers) {
    for (String line : lines.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
  }

  /** The content of the chunks; trailers are added to the headers. */
  private static String dechunked(String body, Map<String, List<String>> headers) {
    StringBuilder content = new StringBuilder();
    int at = 0;
    while (true) {
      int lineEnd = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, lineEnd).strip(), 16);
      if (size == 0) {
        addHeaders(body.substring(lineEnd + 2), headers);
        return content.toString();
      }
      content.append(body, lineEnd + 2, lineEnd + 2 + size);
      at = lineEnd + 2 + size + 2;
    }
  }
}
