package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One running ClickHouse, on this machine alone. It may be killed and started again with what it
 * had. Its data are gone when it is closed, and at the end of this process. Safe for many threads,
 * but for {@link #kill}, {@link #start} and {@link #close}.
 */
public final class ClickHouseNode implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final long LOOK_MS = 20;
  private static final Logger LOGGER = System.getLogger(ClickHouseNode.class.getName());

  private static @Nullable ClickHouseNode shared;

  private final Path library;
  private final NodeConfiguration configuration;
  private final @Nullable SmallDisk disk;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile @Nullable Process process;

  ClickHouseNode(Path library, NodeConfiguration configuration) {
    this(library, configuration, null);
  }

  private ClickHouseNode(Path library, NodeConfiguration configuration, @Nullable SmallDisk disk) {
    this.library = library;
    this.configuration = configuration;
    this.disk = disk;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * The one node of this process, started when it is asked for first. Tests take a database each.
   *
   * @throws MissingServerException when there is no ClickHouse here
   */
  public static synchronized ClickHouseNode shared() throws MissingServerException {
    ClickHouseNode known = shared;
    if (known == null) {
      known = own();
      shared = known;
    }
    return known;
  }

  /** A node of its own, which the caller closes. */
  public static ClickHouseNode own() throws MissingServerException {
    ClickHouseNode node = new ClickHouseNode(ClickHousePackage.library(), configuration());
    node.start();
    return node;
  }

  /**
   * A node of its own with a small disk in memory, which {@link #fillDisk} fills. The caller closes
   * it.
   *
   * @return empty where this process may not mount such a disk
   */
  public static Optional<ClickHouseNode> onSmallDisk(int megabytes) throws MissingServerException {
    SmallDisk disk = new SmallDisk(megabytes);
    if (!disk.isAllowed()) {
      return Optional.empty();
    }
    ClickHouseNode node = new ClickHouseNode(ClickHousePackage.library(), configuration(), disk);
    node.start();
    return Optional.of(node);
  }

  private static NodeConfiguration configuration() {
    return new NodeConfiguration(temporaryFolder(), freePort(), freePort(), List.of());
  }

  static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("flightlog-clickhouse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, and waits until it answers. */
  public void start() {
    launch();
    await();
  }

  void launch() {
    try {
      Process started = launch(configuration.write());
      process = started;
      started.onExit().thenRun(() -> tellEnd(started));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers. */
  void await() {
    Process started = Objects.requireNonNull(process, "it was not launched");
    try {
      long end = System.nanoTime() + START.toNanos();
      while (!answers()) {
        if (started.waitFor(LOOK_MS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IllegalStateException("ClickHouse does not start: " + state());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ClickHouse starts", e);
    }
  }

  /** A server that ends by itself explains what fails next. */
  private void tellEnd(Process ended) {
    if (ended.equals(process)) {
      LOGGER.log(Level.WARNING, "ClickHouse at " + host() + ": " + state());
    }
  }

  /** How the process is, and what it said. */
  private String state() {
    Process running = process;
    String how =
        running == null
            ? "it was killed"
            : running.isAlive() ? "it runs" : "it ended with " + running.exitValue();
    try {
      return how + "; " + Files.readString(configuration.folder().resolve("told.txt"));
    } catch (IOException e) {
      return how;
    }
  }

  private Process launch(Path file) throws IOException {
    String classes;
    try {
      classes =
          Path.of(ServerProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException("the classes of this room are nowhere", e);
    }
    SmallDisk mounted = disk;
    List<String> command =
        new ArrayList<>(
            mounted == null ? List.of() : mounted.mounting(Files.createDirectories(data())));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes,
            ServerProcess.class.getName(),
            library.toString(),
            file.toString()));
    return new ProcessBuilder(command)
        .directory(configuration.folder().toFile())
        .redirectErrorStream(true)
        .redirectOutput(configuration.folder().resolve("told.txt").toFile())
        .start();
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest ping =
          HttpRequest.newBuilder(URI.create("http://" + host() + "/ping"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(ping, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Path data() {
    return configuration.folder().resolve("data");
  }

  /** Fills a small disk to its last byte; {@link #freeDisk} takes that away again. */
  public void fillDisk() {
    SmallDisk.fill(filler());
  }

  public void freeDisk() {
    try {
      Files.delete(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    Process running = Objects.requireNonNull(process, "it was not launched");
    return SmallDisk.within(running, data().resolve("filler"));
  }

  /** Ends it as a power cut would: {@code kill -9}. */
  public void kill() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  /** {@code host:port} for HTTP. */
  public String host() {
    return "127.0.0.1:" + configuration.http();
  }

  public String user() {
    return NodeConfiguration.USER;
  }

  /** One who may only read, with the same password. */
  public String reader() {
    return "reader";
  }

  public String password() {
    return NodeConfiguration.PASSWORD;
  }

  /** The address of a store in a database of this node. */
  public String address(String database) {
    return "clickhouse://" + user() + "@" + host() + "/" + database;
  }

  /**
   * Sends a statement; for what a test does behind the back of a store.
   *
   * @return what it answered
   * @throws IllegalStateException with what the server said, when it refuses
   */
  public String query(String sql) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host() + "/"))
            .header("X-ClickHouse-User", user())
            .header("X-ClickHouse-Key", password())
            .POST(BodyPublishers.ofString(sql))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
      return response.body().strip();
    } catch (IOException e) {
      throw new IllegalStateException("ClickHouse does not answer: " + state(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    kill();
    Folders.delete(configuration.folder());
  }
}
