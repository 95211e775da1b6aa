package dev.flightlog.benchmarks.searching;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;

/**
 * Searches with one engine for the newest {@value #NEWEST}: once in a fresh process, then measured.
 * Arguments: {@code flightlog HOME} or {@code fts5 HOME}, and how often.
 */
final class SearchProcess {
  private static final int NEWEST = 20;

  private SearchProcess() {}

  /** One search; answers how many it found. */
  private interface Engine {
    int search(Sought sought) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("flightlog")) {
      try (EventStore store = SqliteStore.openForReading(Index.in(home))) {
        Forked.report(System.out, "index MB", store.searchIndex().bytes() / 1e6);
        ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(NEWEST);
        measure(
            sought ->
                store.search(Search.newest(SearchQuery.parse(sought.text())), newest).hits().size(),
            times);
      }
    } else {
      Path fts = HandMadeFts.of(home);
      Forked.report(System.out, "index MB", fts.toFile().length() / 1e6);
      try (Connection connection = HandMadeFts.connect(fts, home);
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT e.* FROM words JOIN kept.events e ON e.id = words.rowid WHERE words MATCH ?"
                      + " ORDER BY e.timestamp DESC LIMIT "
                      + NEWEST)) {
        measure(sought -> found(statement, sought), times);
      }
    }
  }

  private static int found(PreparedStatement statement, Sought sought) throws Exception {
    statement.setString(1, sought.match());
    int found = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found += rows.getString("details") == null ? 0 : 1;
      }
    }
    return found;
  }

  private static void measure(Engine engine, int times) throws Exception {
    for (Sought sought : Sought.ALL) {
      long start = System.nanoTime();
      int found = engine.search(sought);
      Forked.report(System.out, "first " + sought.name(), (System.nanoTime() - start) / 1e6);
      if (found == 0 != sought.name().equals("nowhere")) {
        throw new IllegalStateException(sought.name() + " found " + found);
      }
    }
    for (Sought sought : Sought.ALL) {
      double[] millis = new double[times];
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        engine.search(sought);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      Arrays.sort(millis);
      Forked.report(System.out, sought.name(), millis[times / 2]);
    }
  }
}
