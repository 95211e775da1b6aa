package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.wording.Units;
import java.nio.file.Files;
import java.util.Set;

/** Whether what was imported can be read again. */
final class SourcesCheck {
  private SourcesCheck() {}

  static Check of(Home home) {
    Sources sources = Sources.of(home);
    Set<Source> all = sources.all();
    if (!sources.problems().isEmpty()) {
      return Check.wrong("sources", String.join("; ", sources.problems()));
    }
    long gone = all.stream().filter(source -> !Files.exists(source.path())).count();
    return Check.ok(
        "sources",
        all.isEmpty()
            ? "nothing was imported"
            : Units.count(all.size(), "source")
                + (gone == 0
                    ? ""
                    : ", "
                        + gone
                        + " of them not there any more; what was imported stays: flightlog sources"));
  }
}
