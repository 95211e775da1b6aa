package dev.flightlog.home;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.home.paths.HomeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Held by the one process that ships from a home; gone with the process. */
public final class ShipLock implements AutoCloseable {
  private static final String FILE = "ship.lock";

  private final FileChannel channel;

  private ShipLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it; empty when another process, or another part of this one, ships from this home.
   *
   * @throws HomeException when the home cannot be written
   */
  public static Optional<ShipLock> take(Home home) {
    FileChannel channel = null;
    try {
      channel =
          OwnerOnly.open(home.file(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new ShipLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Another part of this process has it.
    } catch (IOException e) {
      throw new HomeException(home.path().resolve(FILE) + " cannot be locked (" + e + ")");
    }
    close(channel);
    return Optional.empty();
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process.
      }
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
