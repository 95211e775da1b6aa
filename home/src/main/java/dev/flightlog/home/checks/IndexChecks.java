package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.JournalFiles;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.importer.Importer;
import dev.flightlog.store.Health;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.servers.StoreCheck;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Journals, index, its integrity, and what recorders say that they dropped. */
final class IndexChecks {
  private static final int MOST_NAMES = 8;
  private static final Duration GLANCE = Duration.ofMillis(500);

  /** So many bytes can be looked at in a glance. */
  private static final long IN_A_GLANCE = 100L << 20;

  private IndexChecks() {}

  static List<Check> of(Home home, boolean thorough) {
    List<Check> checks = new ArrayList<>();
    try (Index index = Index.open(home)) {
      long before = index.store().check().events();
      index.takeInJournals();
      Health health = index.store().check();
      checks.add(journals(home, health.events() - before));
      checks.add(
          new Check(
              "index",
              health.ok(),
              health.ok()
                  ? Units.count(health.events(), "event") + " in " + Index.place(home)
                  : health.detail()));
      List<StoreCheck> servers = index.store().checkServers();
      servers.forEach(each -> checks.add(new Check(each.name(), each.ok(), each.detail())));
      if (servers.isEmpty()) {
        checks.add(integrity(index, thorough));
      }
      checks.add(search(home, index.store().searchIndex()));
      checks.add(accounting(index));
      checks.add(reading(index));
      if (health.setAside() > 0) {
        checks.add(
            Check.ok(
                "results",
                Units.count(health.setAside(), "tool result")
                    + " whose call was not seen wait for it"));
      }
    } catch (StoreException | HomeException e) {
      checks.add(Check.wrong("index", Checkup.message(e)));
    }
    return checks;
  }

  private static Check journals(Home home, long taken) {
    long files = JournalFiles.in(home.settings().basePath()).size();
    int odd = JournalFiles.others(home.settings().basePath()).size();
    String detail =
        Units.count(files, "file") + ", " + Units.count(taken, "new event") + " taken in";
    return odd == 0
        ? Check.ok("journals", detail)
        : Check.wrong(
            "journals",
            detail
                + "; "
                + Units.count(odd, "entry").replace("entrys", "entries")
                + " named like a journal that cannot be read as one: "
                + JournalFiles.others(home.settings().basePath()).getFirst());
  }

  /** Looks at every page of the file, but not for longer than a glance unless that is wanted. */
  private static Check integrity(Index index, boolean thorough) {
    if (!thorough && bytes(index) > IN_A_GLANCE) {
      return tooLarge();
    }
    try {
      String version = "SQLite " + value(index, "SELECT sqlite_version()", Duration.ofSeconds(5));
      String verdict =
          value(
              index,
              "SELECT quick_check FROM pragma_quick_check",
              thorough ? Duration.ofMinutes(30) : GLANCE);
      return verdict.equals("ok")
          ? Check.ok("integrity", version + ", quick_check ok")
          : Check.wrong("integrity", verdict + ": run flightlog reindex");
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.STOPPED && !thorough) {
        return tooLarge();
      }
      return Check.wrong("integrity", Checkup.message(e) + ": run flightlog reindex");
    }
  }

  private static Check tooLarge() {
    return Check.ok(
        "integrity",
        "answers; too large to look at every page now: flightlog doctor --thorough does, and so"
            + " does the next start after a crash");
  }

  private static long bytes(Index index) {
    long bytes = 0;
    for (Path file : index.files()) {
      try {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      } catch (IOException e) {
        // Gone in this moment, or not to be seen: then the look at its pages tells.
      }
    }
    return bytes;
  }

  private static Check search(Home home, SearchIndex words) {
    if (!home.settings().flag(Setting.INDEX_SEARCH)) {
      return Check.ok(
          "search",
          "index.search is false: "
              + Units.count(words.waiting(), "event")
              + " of "
              + Units.count(words.events() + words.waiting())
              + " are read one by one");
    }
    return Check.ok(
        "search",
        words.exists()
            ? Units.decimal(words.bytes() / 1e6, 1)
                + " MB"
                + " for the words of "
                + Units.count(words.events(), "event")
                + (words.waiting() > 0
                    ? "; " + Units.count(words.waiting()) + " more are read one by one"
                    : "")
            : "reads every event");
  }

  private static String value(Index index, String statement, Duration patience) {
    return String.valueOf(index.sql(statement, 1, patience).rows().getFirst().getFirst());
  }

  /** What the readers of files do not know, and which files were left out. */
  private static Check reading(Index index) {
    Map<String, Long> unknown = Importer.unknownKinds(index.store());
    Map<String, Long> strange = Importer.strangeFields(index.store());
    Map<String, String> left = Importer.leftOut(index.store());
    List<String> found = new ArrayList<>();
    if (!unknown.isEmpty()) {
      long records = unknown.values().stream().mapToLong(Long::longValue).sum();
      found.add(
          Units.count(records, "record") + " of kinds that no reader knows: " + names(unknown));
    }
    if (!strange.isEmpty()) {
      found.add("fields that no reader knows: " + names(strange));
    }
    if (!left.isEmpty()) {
      Map.Entry<String, String> first = left.entrySet().iterator().next();
      found.add(
          Units.count(left.size(), "file")
              + " left out, such as "
              + first.getKey()
              + ": "
              + first.getValue());
    }
    return Check.ok(
        "reading",
        found.isEmpty()
            ? "everything in the files that were read is known"
            : String.join("; ", found));
  }

  /** The most frequent names. */
  private static String names(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_NAMES)
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What recorders had to drop they say in gap events. */
  private static Check accounting(Index index) {
    long dropped;
    try {
      dropped = DroppedEvents.in(index.store());
    } catch (StoreException e) {
      return Check.wrong("accounting", "what was dropped cannot be told: " + Checkup.message(e));
    }
    return Check.ok(
        "accounting",
        dropped == 0
            ? "no recorder has dropped an event"
            : Units.count(dropped, "event")
                + " dropped by recorders; when: flightlog search recorder_gap");
  }
}
