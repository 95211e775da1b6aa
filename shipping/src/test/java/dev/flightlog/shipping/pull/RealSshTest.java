package dev.flightlog.shipping.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real client, and a server of this user alone on a port of its own. */
class RealSshTest {
  @TempDir Path folder;

  private static Path program(String name) {
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/local/sbin"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)))
        .map(place -> Path.of(place).resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> {
          String why = "NOT TESTED: pull over a real ssh, because there is no " + name + " here";
          System.err.println(why);
          return Assumptions.abort(why);
        });
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start().waitFor();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process server(int port) throws IOException, InterruptedException {
    Path sshd = program("sshd");
    Path keygen = program("ssh-keygen");
    for (String key : List.of("host", "user", "stranger")) {
      run(keygen.toString(), "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString());
    }
    Path configuration = folder.resolve("sshd_config");
    Files.writeString(
        configuration,
        """
        ListenAddress 127.0.0.1
        Port %d
        HostKey %2$s/host
        AuthorizedKeysFile %2$s/user.pub
        PidFile %2$s/pid
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        """
            .formatted(port, folder));
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Process server =
        new ProcessBuilder(sshd.toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return server;
      } catch (IOException e) {
        assertThat(server.isAlive() && System.nanoTime() < end)
            .as(Files.readString(folder.resolve("sshd.log")))
            .isTrue();
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  @Test
  void filesComeOverTheRealClientAndAStrangerIsToldWhyNot() throws Exception {
    Path home = folder.resolve("there");
    Files.createDirectories(home);
    Files.writeString(home.resolve("story_a_20260501.jsonl"), "{\"id\":1}\n".repeat(100_000));
    program("ssh");
    int port = freePort();
    Process server = server(port);
    try {
      Pulled pulled = new Pull(remote(home, port, "user"), folder, Map.of(), _ -> {}).run();
      assertThat(pulled.files()).isEqualTo(1);
      assertThat(pulled.bytes()).isEqualTo(900_000);
      assertThat(new Pull(remote(home, port, "user"), folder, Map.of(), _ -> {}).run().bytes())
          .isZero();
      assertThatThrownBy(
              () -> new Pull(remote(home, port, "stranger"), folder, Map.of(), _ -> {}).run())
          .isInstanceOf(PullException.class)
          .hasMessageContaining("cannot be reached")
          .hasMessageContaining("Permission denied");
    } finally {
      server.destroy();
      server.waitFor();
    }
    assertThatThrownBy(() -> new Pull(remote(home, port, "user"), folder, Map.of(), _ -> {}).run())
        .hasMessageContaining("Connection refused");
  }

  private RemoteHome remote(Path home, int port, String key) {
    return RemoteHome.of(
        System.getProperty("user.name") + "@127.0.0.1:" + home,
        List.of(
            "Port=" + port,
            "IdentityFile=" + folder.resolve(key),
            "IdentitiesOnly=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null"));
  }
}
