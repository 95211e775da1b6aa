package dev.flightlog.benchmarks.telemetry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Zipkin's own server in a process of its own, with the memory that its documents ask for. It keeps
 * spans in memory, and forgets the oldest of them. For one thread.
 */
final class ZipkinServer implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Process process;
  private final URI address;

  private ZipkinServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it, and waits until it is healthy. */
  static ZipkinServer start(Path jar) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "-Xmx1g", "-jar", jar.toString());
    builder.environment().put("QUERY_PORT", Integer.toString(port));
    builder.environment().put("STORAGE_TYPE", "mem");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    ZipkinServer server = new ZipkinServer(builder.start(), URI.create("http://127.0.0.1:" + port));
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!server.isHealthy()) {
      if (!server.process.isAlive() || System.nanoTime() - end > 0) {
        server.close();
        throw new IOException("Zipkin's server did not start: " + jar);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return server;
  }

  URI address() {
    return address;
  }

  private boolean isHealthy() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) address.resolve("/health").toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  double cpuMillis() {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e6).orElse(Double.NaN);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
