package dev.flightlog.tasks.live;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Figures as a CSV file that grows by some lines at a time. Beyond a limit the file becomes {@code
 * <name>.1}, in the place of an older one, and is begun anew, so both together are bounded. For one
 * thread.
 */
public final class MetricsFile {
  /** The first line of the file. */
  public static final String HEADER = "timestamp," + String.join(",", StatsForms.COLUMNS);

  private static final long LIMIT = 16L << 20;

  private final Path file;

  public MetricsFile(Path file) {
    this.file = file;
  }

  /** Appends these figures, without all time. */
  public void append(TaskStats stats) throws IOException {
    if (Files.exists(file) && Files.size(file) > LIMIT) {
      Path former = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
    }
    boolean fresh = !Files.exists(file);
    String text = (fresh ? HEADER + "\n" : "") + StatsForms.csv(stats);
    OwnerOnly.append(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
