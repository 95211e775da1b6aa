package dev.flightlog.benchmarks.asking;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.event.Field;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks every question of one engine: once cold, then until it is warm, then measured. Arguments:
 * {@code flightlog HOME} or {@code duckdb FILE}, and how often.
 */
final class AskProcess {
  private static final int WARM = 15;

  private AskProcess() {}

  /** One asking of one question; answers how many rows there were. */
  private interface Engine {
    long ask(Asked question) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path where = Path.of(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("flightlog")) {
      try (EventStore store = SqliteStore.openForReading(Index.in(where))) {
        Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
        ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(1);
        String session =
            String.valueOf(store.read(newest).finish(newest).getFirst().text(Field.SESSION_ID));
        measure(question -> answerer.ask(in(session, question.call())).rowCount(), times);
      }
    } else {
      try (Connection connection = DuckDbTable.connect(where);
          Statement statement = connection.createStatement()) {
        measure(question -> rows(statement, question), times);
      }
    }
  }

  private static QuestionCall in(String session, QuestionCall call) {
    return call.arguments().equals(List.of(Asked.NEWEST))
        ? QuestionCall.of(call.question(), session)
        : call;
  }

  private static void measure(Engine engine, int times) throws Exception {
    for (Asked question : Asked.all()) {
      long start = System.nanoTime();
      long rows = engine.ask(question);
      Forked.report(System.out, "first " + question.name(), (System.nanoTime() - start) / 1e6);
      if (rows == 0 && !Asked.WITHOUT_ROWS.contains(question.name())) {
        throw new IllegalStateException(question.name() + " found nothing");
      }
    }
    for (Asked question : Asked.all()) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < WARM + times; i++) {
        long start = System.nanoTime();
        engine.ask(question);
        if (i >= WARM) {
          millis.add((System.nanoTime() - start) / 1e6);
        }
      }
      Forked.report(System.out, question.name(), Measurements.median(millis));
    }
  }

  private static long rows(Statement statement, Asked question) throws Exception {
    long rows = 0;
    for (String sql : question.sql()) {
      try (ResultSet found = statement.executeQuery(sql)) {
        while (found.next()) {
          rows++;
        }
      }
    }
    return rows;
  }
}
