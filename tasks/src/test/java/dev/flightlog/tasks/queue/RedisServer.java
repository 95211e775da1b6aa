package dev.flightlog.tasks.queue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A real Redis server on a free port of loopback, with everything forced to disk. */
public final class RedisServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Fails when the program is missing: then these tests cannot say anything. */
  public static RedisServer start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      "redis-server",
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
    } catch (IOException e) {
      throw new AssertionError(
          "redis-server is missing, which the tests of the Redis queue need: apt-get install"
              + " redis-server (.ci/run does it)",
          e);
    }
    RedisServer server = new RedisServer(process, port);
    server.awaitListening();
    return server;
  }

  private void awaitListening() {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() - start > 20_000_000_000L || !process.isAlive()) {
          throw new AssertionError("redis-server does not listen on port " + port, e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** Takes everything out. */
  void flush() {
    try (var client = redis.clients.jedis.RedisClient.create("127.0.0.1", port)) {
      client.flushAll();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
