package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection over which many requests go before the first answer is read, so that the server
 * hardly waits and the cost of a request is hardly that of waking up for it.
 */
final class Pipeline implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final String LENGTH = "content-length:";
  private static final String GOOD = "HTTP/1.1 200 ";

  private static final int STILL_NANOS = 50_000;
  private static final int ROOM = 1 << 20;

  private final Socket socket;
  private final OutputStream requests;
  private final InputStream answers;
  private final StringBuilder line = new StringBuilder();

  Pipeline(int port) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(ROOM); // For all answers, before any is read.
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    requests = socket.getOutputStream();
    answers = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * Asks this many times.
   *
   * @param cookies the whole value of the header
   * @throws IOException if an answer is not good
   */
  void ask(String cookies, int times) throws IOException {
    byte[] request =
        ("GET /views HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies + "\r\n\r\n")
            .getBytes(ISO_8859_1);
    for (int rest = times; rest > 0; rest -= AT_ONCE) {
      int some = Math.min(rest, AT_ONCE);
      byte[] all = new byte[some * request.length];
      for (int i = 0; i < some; i++) {
        System.arraycopy(request, 0, all, i * request.length, request.length);
      }
      requests.write(all);
      awaitSilence();
      for (int i = 0; i < some; i++) {
        readAnswer();
      }
    }
  }

  /**
   * Waits until nothing more comes, without asking for it: a server that writes to a reader who
   * waits has to wake him up, and that is in its time.
   */
  private void awaitSilence() throws IOException {
    InputStream unread = socket.getInputStream();
    int before;
    int now = 0;
    do {
      before = now;
      LockSupport.parkNanos(STILL_NANOS);
      now = unread.available();
    } while (now == 0 || now != before);
  }

  private void readAnswer() throws IOException {
    String status = nextLine();
    if (!status.startsWith(GOOD)) {
      throw new IOException("the answer is " + status);
    }
    int length = -1;
    for (String header = nextLine(); !header.isEmpty(); header = nextLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("the answer has no length");
    }
    answers.skipNBytes(length);
  }

  private String nextLine() throws IOException {
    line.setLength(0);
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
