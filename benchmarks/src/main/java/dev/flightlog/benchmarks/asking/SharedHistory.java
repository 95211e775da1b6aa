package dev.flightlog.benchmarks.asking;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.generated.Transcripts;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A large history of many teams in a ClickHouse store. Its base is taken in as every history is:
 * generated journals of 90 days, and real transcripts of Claude Code. The rest are copies that the
 * server makes of it: each session under another name, of another project and story, and at another
 * time of 90 days, so that an hour has sessions from all over the base. They are inserted day by
 * day, as events arrive. Sums and words are made of all by the store itself.
 *
 * @param database of the store
 */
record SharedHistory(Server server, String database) {

  /** Answers a statement. */
  @FunctionalInterface
  interface Server {
    String answer(String sql);
  }

  private static final int MOST_OF_BASE = 1_000_000;
  private static final long BYTES_OF_TRANSCRIPTS = 60_000_000;

  /** 2026-01-01T00:00:00Z. */
  private static final long BEGINNING = 1_767_225_600_000_000L;

  private static final int DAYS = 90;
  private static final long DAY = 24 * 3_600_000_000L;

  /** What is another in copy n. */
  private static final Map<String, String> CHANGED =
      Map.of(
          "event_id",
          "concat(substring(event_id, 1, 10), substring(hex(sipHash128(event_id, n)), 1, 16))",
          "micros",
          "micros - begun + at",
          "session_id",
          "concat(session_id, '-', toString(n))",
          "workflow_id",
          "concat(workflow_id, '-', toString(n))",
          "project",
          "concat('team-', toString(n % 12))",
          "story_id",
          "concat(toString(1 + n % 10), substring(story_id, 2))",
          "details",
          "if(sipHash64(event_id, n) % 2000003 = 7,"
              + " replaceOne(details, ' lines', ' lines needleword'), details)");

  private String table(String name) {
    return "`" + database + "`." + name;
  }

  /** Fills the store with at least so many events, a twentieth more at most. */
  void fill(EventStore store, Settings settings, int events) throws IOException {
    int base = Math.min(events, MOST_OF_BASE);
    Path journals = Journals.of(base, settings.work());
    long bytes = Math.min(BYTES_OF_TRANSCRIPTS, base * 60L);
    Path transcripts = Transcripts.ofSize(bytes, settings.root(), settings.work());
    new Importer(
            store,
            Redactor.create(RedactionKey.of(new byte[32])),
            settings.emptyFolder("quarantine"))
        .run(List.of(journals, transcripts), ImportOptions.defaults(), ImportListener.NONE);
    store.rollUp();
    copy(events);
  }

  private void copy(int events) {
    String columns =
        server.answer(
            "SELECT arrayStringConcat(groupArray(name), ', ') FROM system.columns WHERE database = '"
                + database
                + "' AND table = 'events' AND default_kind = ''");
    server.answer(
        "CREATE TABLE "
            + table("base")
            + " ENGINE = MergeTree ORDER BY tuple() AS SELECT "
            + columns
            + ", ifNull(session_id, event_id) AS session, min(micros) OVER (PARTITION BY session)"
            + " AS begun FROM "
            + table("events")
            + " FINAL WHERE aside = 0");
    long base = Long.parseLong(server.answer("SELECT count() FROM " + table("base")));
    server.answer(
        "CREATE TABLE "
            + table("copies")
            + " ENGINE = MergeTree ORDER BY at AS SELECT session, n, "
            + BEGINNING
            + " + toInt64(sipHash64(session, n) % "
            + DAYS * DAY
            + ") AS at FROM (SELECT DISTINCT session FROM "
            + table("base")
            + ") ARRAY JOIN range(1, "
            + (events + base - 1) / base
            + ") AS n");
    StringJoiner selected = new StringJoiner(", ");
    for (String column : columns.split(", ")) {
      selected.add(CHANGED.getOrDefault(column, column) + " AS " + column + "_");
    }
    for (int day = 0; day < DAYS; day++) {
      long start = BEGINNING + day * DAY;
      server.answer(
          "INSERT INTO "
              + table("events")
              + " ("
              + columns
              + ") SELECT "
              + selected
              + " FROM "
              + table("base")
              + " AS b INNER JOIN (SELECT * FROM "
              + table("copies")
              + " WHERE at >= "
              + start
              + " AND at < "
              + (start + DAY)
              + ") AS c ON b.session = c.session SETTINGS max_partitions_per_insert_block = 0,"
              + " min_insert_block_size_rows = 500000");
    }
    server.answer("DROP TABLE " + table("base"));
    server.answer("DROP TABLE " + table("copies"));
  }
}
