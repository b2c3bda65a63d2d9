package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProcessTest {
  @TempDir private Path folder;

  @Test
  void listensOnTheLoopbackAddressOnlyAndWritesNothing() throws Exception {
    Needed.program("redis-server");
    ProcessHandle process;
    try (RedisProcess redis = RedisProcess.start(folder)) {
      process = ProcessHandle.of(redis.pid()).orElseThrow();
      assertThat(redis.cpuTime()).isGreaterThanOrEqualTo(Duration.ZERO);
      for (InetAddress address : otherAddresses()) {
        assertThatThrownBy(() -> new Socket(address, redis.port()).close())
            .isInstanceOf(ConnectException.class);
      }
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(folder.toFile().list()).contains("redis.log").isSubsetOf("redis.log", "redis.pid");
  }

  private static List<InetAddress> otherAddresses() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }
}
