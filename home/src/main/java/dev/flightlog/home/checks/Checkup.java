package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.recorder.Journals;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at every part of a home. A part that cannot be looked at is wrong, and hides no other.
 * Blocks for files, the index and the queue.
 */
public final class Checkup {
  private static final long LITTLE_SPACE = 256L << 20;

  /** Each gives one check; those about the index come together. */
  private static final List<Function<Home, List<Check>>> BEFORE =
      List.of(one("home", Checkup::folder), one("recovery", Checkup::recovery));

  private static final List<Function<Home, List<Check>>> BEHIND =
      List.of(
          one("quarantine", QuarantineCheck::of),
          one("sources", SourcesCheck::of),
          one("transcripts", TranscriptsCheck::of),
          one("prices", PricesCheck::of),
          one("queue", QueueCheck::of),
          one("deliveries", DeliveriesCheck::of),
          one("shipping", ShippingCheck::of),
          one("forwarding", ForwardingCheck::of),
          one("space", Checkup::space));

  private Checkup() {}

  private interface Part {
    Check of(Home home) throws IOException;
  }

  private static Function<Home, List<Check>> one(String name, Part part) {
    return home -> {
      try {
        return List.of(part.of(home));
      } catch (IOException | RuntimeException e) {
        return List.of(Check.wrong(name, message(e)));
      }
    };
  }

  static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /**
   * All checks of this home, in the order in which they are shown.
   *
   * @param thorough also what takes longer the more there is: about three seconds a million events
   */
  public static List<Check> of(Home home, boolean thorough) {
    List<Check> checks = new ArrayList<>();
    checks.add(SettingsCheck.of(home.settings()));
    BEFORE.forEach(part -> checks.addAll(part.apply(home)));
    checks.addAll(IndexChecks.of(home, thorough));
    BEHIND.forEach(part -> checks.addAll(part.apply(home)));
    return checks;
  }

  private static Check folder(Home home) throws IOException {
    Path folder = home.isWritable() ? home.folder() : home.path();
    if (!Files.isWritable(folder) || !Files.isWritable(home.journals())) {
      return Check.wrong("home", folder + " cannot be written: chown or chmod it");
    }
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(folder);
      boolean others = modes.stream().anyMatch(mode -> !mode.name().startsWith("OWNER"));
      return others
          ? Check.wrong("home", folder + " can be read by others: chmod 700 " + folder)
          : Check.ok("home", folder + ", for its owner only");
    } catch (UnsupportedOperationException e) {
      return Check.ok("home", folder + " (no POSIX permissions here)");
    }
  }

  private static Check recovery(Home home) {
    if (!home.isWritable()) {
      throw new HomeException(
          "what killed recorders left cannot be recovered: the home is read-only");
    }
    Journals.Recovered recovered = Journals.recover(home.journals());
    if (!recovered.problems().isEmpty()) {
      return Check.wrong("recovery", String.join("; ", recovered.problems()));
    }
    return Check.ok(
        "recovery",
        recovered.rings() == 0
            ? "nothing was left behind by killed recorders"
            : Units.count(recovered.events(), "event")
                + " brought back from "
                + Units.count(recovered.rings(), "killed recorder"));
  }

  private static Check space(Home home) throws IOException {
    Path place = Files.exists(home.path()) ? home.path() : home.folder();
    long free = Files.getFileStore(place).getUsableSpace();
    String shown = Units.count(free >> 20, "MiB").replace("MiBs", "MiB") + " free";
    return free >= LITTLE_SPACE
        ? Check.ok("space", shown)
        : Check.wrong("space", shown + ": make room");
  }
}
