package dev.flightlog.tasks.queue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free port of loopback, with everything forced to disk: the one that is
 * installed, else the one that Maven brought with embedded-redis.
 */
public final class RedisServer implements AutoCloseable {
  private static final String INSTALLED = "redis-server";

  private final Path folder;
  private final int port;
  private Process process;

  private RedisServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Fails when neither server starts on this machine. */
  public static RedisServer start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RedisServer server = new RedisServer(folder, launch(folder, port), port);
    server.awaitListening(folder);
    return server;
  }

  private static Process launch(Path folder, int port) throws IOException {
    try {
      return process(INSTALLED, folder, port);
    } catch (IOException notInstalled) {
      System.out.println(
          "NOT TESTED with an installed redis-server, there is none: tested with the one from"
              + " Maven");
      String brought =
          ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getAbsolutePath();
      return process(brought, folder, port);
    }
  }

  /** SIGKILL; what was answered is on its disk. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again on the same port and the same disk. */
  public void startAgain() throws IOException {
    process = launch(folder, port);
    awaitListening(folder);
    awaitLoaded();
  }

  /** It listens while it still reads its own log, and refuses everything until then. */
  private void awaitLoaded() {
    long start = System.nanoTime();
    while (true) {
      try (var client = redis.clients.jedis.RedisClient.create("127.0.0.1", port)) {
        client.ping();
        return;
      } catch (redis.clients.jedis.exceptions.JedisException e) {
        if (System.nanoTime() - start > 60_000_000_000L || !process.isAlive()) {
          throw e;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static Process process(String program, Path folder, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                program,
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                ""))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private void awaitListening(Path folder) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() - start > 60_000_000_000L || !process.isAlive()) {
          throw new AssertionError(
              "the Redis server does not listen on port "
                  + port
                  + ": "
                  + Files.readString(folder.resolve("redis.log")),
              e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** Takes everything out. */
  public void flush() {
    try (var client = redis.clients.jedis.RedisClient.create("127.0.0.1", port)) {
      client.flushAll();
    }
  }

  /** Makes it a replica of another one, or of none: {@code NO ONE}. */
  public void replicaOf(String host, String port) {
    try (var client = redis.clients.jedis.RedisClient.create("127.0.0.1", this.port)) {
      client.executeCommand(
          new redis.clients.jedis.CommandArguments(
                  () -> "REPLICAOF".getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .add(host)
              .add(port));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
