package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportListener;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Tells what an import left out, each once, however often it is left out. For one thread. */
final class LeftOut implements ImportListener {
  private static final int REMEMBERED = 1000;

  private final Home home;
  private final Set<String> told = new HashSet<>();

  LeftOut(Home home) {
    this.home = home;
  }

  @Override
  public void skipped(Path file, String reason) {
    if (told.size() >= REMEMBERED) {
      told.clear();
    }
    String message = "left out " + file + ": " + reason;
    if (told.add(message)) {
      home.tell(message);
    }
  }
}
