package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * ClickHouse 26.7 as npm hands it out. It is fetched once, held against its SHA-512, and kept in
 * the cache folder of the user, outside of the repository; two processes that want it at once fetch
 * it once. {@code FLIGHTLOG_CLICKHOUSE_LIBRARY} names a {@code libchdb.so} that is to be taken
 * instead.
 */
final class ClickHousePackage {
  static final String NAME = "@chdb/lib-linux-x64-gnu@26.7.3-stable.1";
  private static final String FILE = "chdb-lib-linux-x64-gnu-26.7.3-stable.1.tgz";
  private static final String SHA_512 =
      "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==";
  private static final String LIBRARY = "libchdb.so";

  /** For a download of 178 MB. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final String OVERRIDE = "FLIGHTLOG_CLICKHOUSE_LIBRARY";

  /** Why it could not be had; it is tried once in a process. */
  private static @Nullable String missing;

  private ClickHousePackage() {}

  /**
   * The library.
   *
   * @throws MissingServerException when it cannot be had here
   */
  static synchronized Path library() throws MissingServerException {
    if (missing != null) {
      throw new MissingServerException(missing);
    }
    try {
      return find();
    } catch (MissingServerException e) {
      missing = e.reason();
      throw e;
    }
  }

  private static Path find() throws MissingServerException {
    String named = System.getenv(OVERRIDE);
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!fits) {
      throw new MissingServerException("it is for Linux on x86-64");
    }
    try {
      Path folder = cache();
      Files.createDirectories(folder);
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        Path library = folder.resolve(LIBRARY);
        if (held.isValid() && !Files.exists(library)) {
          fetch(folder);
        }
        return library;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new MissingServerException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MissingServerException("the thread was interrupted");
    }
  }

  private static Path cache() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path caches =
        named == null || named.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(named);
    String hash = SHA_512.substring(0, 12).replace('/', '_').replace('+', '-');
    return caches.resolve("flightlog").resolve("clickhouse-" + hash);
  }

  private static void fetch(Path folder) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(folder, "fetch");
    try {
      run(work, "npm", "pack", "--silent", "--fetch-retries=1", "--fetch-timeout=60000", NAME);
      Path archive = work.resolve(FILE);
      String hash = hash(archive);
      if (!hash.equals(SHA_512)) {
        throw new IOException("what npm brought has another SHA-512: " + hash);
      }
      run(work, "tar", "xzf", FILE, "package/" + LIBRARY);
      Files.move(
          work.resolve("package").resolve(LIBRARY),
          folder.resolve(LIBRARY),
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(work);
    }
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path told = folder.resolve("told.txt");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new IOException(
          String.join(" ", command) + " did not end within " + LONGEST.toMinutes() + " minutes");
    }
    if (process.exitValue() != 0) {
      String last = Files.readString(told).lines().reduce("", (_, line) -> line);
      throw new IOException(String.join(" ", command) + " failed: " + last);
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }
}
