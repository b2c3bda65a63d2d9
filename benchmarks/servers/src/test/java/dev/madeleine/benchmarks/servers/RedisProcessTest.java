package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProcessTest {
  @TempDir private Path folder;

  @Test
  void listensOnTheLoopbackAddressOnlyAndWritesNothing() throws Exception {
    Needed.program("redis-server");
    ProcessHandle process;
    try (RedisProcess redis = RedisProcess.start(folder)) {
      process = pid(folder);
      assertThat(redis.cpuTime()).isGreaterThanOrEqualTo(Duration.ZERO);
      for (InetAddress address : otherAddresses()) {
        assertThatThrownBy(() -> new Socket(address, redis.port()).close())
            .isInstanceOf(ConnectException.class);
      }
    }
    process.onExit().get(10, TimeUnit.SECONDS);
    assertThat(folder.resolve("dump.rdb")).doesNotExist();
  }

  private static ProcessHandle pid(Path folder) throws Exception {
    String pid = Files.readString(folder.resolve("redis.pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static List<InetAddress> otherAddresses() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }
}
