package dev.flightlog.runs.files;

import dev.flightlog.event.files.Sha256;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the files of one run are: {@code <root>/<framework>/<run id>/}. Names that are not plain
 * get a plain one, with a piece of their hash, so that no id leads out of the root or meets
 * another's folder.
 */
public final class RunFolder {
  /** The component of entries about reconciliation, which have one file a run. */
  public static final String RECONCILIATION = "reconciliation";

  public static final String ARCHIVE = "run.tar.gz";
  public static final String SUMMARY = "logs_summary.txt";
  public static final String METADATA = "metadata.json";
  public static final String METRICS = "metrics.json";
  public static final String LOGS = "logs";
  static final String LOCK = ".run.lock";

  /** What stands before the number of a step in the name of its folder. */
  public static final String STEP = "step_";

  private static final int LONGEST_NAME = 100;

  private final Path path;

  /**
   * @param path the folder itself, whether it exists or not
   */
  public RunFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /** The folder of a run below a root. */
  public static RunFolder of(Path root, String framework, String runId) {
    return new RunFolder(root.resolve(plain(framework)).resolve(plain(runId)));
  }

  /**
   * A name for a file: what is not of {@code A-Z a-z 0-9 . _ -} becomes {@code -}, as does a dot at
   * its beginning; then, or when it is longer than 100 characters, it ends in {@code -} and 8 hex
   * digits of the SHA-256 of the whole.
   */
  public static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    boolean same = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
      char c = name.charAt(i);
      boolean stays =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || (c == '.' && i > 0)
              || c == '_'
              || c == '-';
      plain.append(stays ? c : '-');
      same &= stays;
    }
    return same ? name : plain.append('-').append(Sha256.hex(name), 0, 8).toString();
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  public Path logs() {
    return path.resolve(LOGS);
  }

  /** The folder of the logs of a step. */
  public Path step(long number) {
    return logs().resolve(STEP + String.format(Locale.ROOT, "%03d", number));
  }

  /** The first log file of a component, outside of steps or within one. */
  Path log(long step, String component) {
    if (component.equals(RECONCILIATION)) {
      return logs().resolve("reconciliation.log");
    }
    return step == NO_STEP
        ? logs().resolve("run.log")
        : step(step).resolve(plain(component) + ".log");
  }

  /** Stands for: outside of steps. */
  public static final long NO_STEP = -1;

  @Override
  public String toString() {
    return path.toString();
  }
}
