package dev.flightlog.home.index;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether another home sends under the name of this one: a copy of it, or one that was
 * given the same name. Whoever opens the shared store leaves a token there under its name, another
 * one each hour, and keeps it in the home: so a token that the home does not know is somebody
 * else's. Safe for many threads and processes; blocks.
 */
final class OwnName {
  static final String FILE = "machine_token";

  private static final String MARK = "machine:token";
  private static final Duration RENEWED = Duration.ofHours(1);

  /** A store that was restored, or a replica that lags, may tell an older one. */
  private static final int KEPT = 100;

  private OwnName() {}

  /**
   * Looks, and leaves a token.
   *
   * @return false when another home left one since
   */
  static synchronized boolean isOnlyOurs(Home home, EventStore store) {
    try (FileChannel channel =
            OwnerOnly.open(
                home.file(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      Path file = home.file(FILE);
      List<String> known = Files.exists(file) ? Files.readAllLines(file) : List.of();
      String stored = store.marks(MARK).get(MARK);
      if (stored != null && !known.isEmpty() && !known.contains(stored)) {
        return false;
      }
      long now = home.clock().millis();
      if (stored == null || known.isEmpty() || isOld(stored, now)) {
        String fresh = now + "-" + UUID.randomUUID();
        List<String> kept =
            new ArrayList<>(known.subList(Math.max(0, known.size() - KEPT), known.size()));
        if (stored != null && !kept.contains(stored)) {
          kept.add(stored);
        }
        kept.add(fresh);
        // The home knows it first: whoever is killed between the two finds one that it knows.
        AtomicFile.write(file, String.join("\n", kept).getBytes(StandardCharsets.US_ASCII));
        store.append(new Append(new EventBatch(), List.of(new Mark(MARK, fresh))));
      }
      return true;
    } catch (IOException e) {
      throw new HomeException(home.path().resolve(FILE) + " cannot be read or made: " + e);
    }
  }

  private static boolean isOld(String token, long now) {
    @Nullable Long made = made(token);
    return made == null || Math.abs(now - made) >= RENEWED.toMillis();
  }

  private static @Nullable Long made(String token) {
    try {
      return Long.valueOf(token.substring(0, Math.max(0, token.indexOf('-'))));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The home begins under another name. */
  static void forget(Home home) {
    try {
      Files.deleteIfExists(home.file(FILE));
    } catch (IOException e) {
      throw new HomeException(home.path().resolve(FILE) + " cannot be removed: " + e);
    }
  }
}
