package dev.flightlog.benchmarks.asking;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.event.Field;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Every question, and searches, over a large table of one ClickHouse node, warm: what a question
 * costs is to grow with its answer. With {@code --address} a store that is there is asked instead.
 */
public final class ClickHouseQuestions implements Benchmark {
  private static final String OURS = "Flightlog";
  private static final int LIMIT_MS = 200;
  private static final Map<String, String> SEARCHES = searches();

  private static Map<String, String> searches() {
    Map<String, String> searches = new LinkedHashMap<>();
    searches.put("frequent word", "lines");
    searches.put("rare word", "needleword");
    searches.put("nowhere", "nowhereatall");
    searches.put("phrase", "\"could not be used\"");
    searches.put("prefix", "serv*");
    searches.put("path", "file:module7/Service111.java");
    return searches;
  }

  @Override
  public String name() {
    return "clickhouse-questions";
  }

  @Override
  public String title() {
    return "each question and search over one ClickHouse node, warm, milliseconds";
  }

  @Override
  public Report run(Settings settings) {
    int events = settings.number("events", 50_000_000, 200_000);
    int times = settings.number("times", 5, 3);
    Measurements found = new Measurements();
    String address = settings.option("address");
    if (address != null) {
      try (EventStore store = new ClickHouseProvider().open(rest(address))) {
        addUp(store, found);
        measure(store, times, found);
      }
    } else {
      fresh(settings, events, times, found);
    }
    Report report = new Report(found).setting("events", events).setting("times", times);
    for (String metric : found.metrics()) {
      if (!metric.startsWith("bytes") && !metric.endsWith("seconds")) {
        report.verdict(Verdict.bound(metric + ", ms", LIMIT_MS, found, OURS, metric));
      }
    }
    return report.remark("The node is the ClickHouse of the tests, out of npm.");
  }

  private static String rest(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  private static void fresh(Settings settings, int events, int times, Measurements found) {
    try (ClickHouseNode node = ClickHouseNode.own();
        EventStore store =
            new ClickHouseProvider(name -> name.endsWith("PASSWORD") ? node.password() : null)
                .open(rest(node.address("bench")))) {
      long start = System.nanoTime();
      new SharedHistory(node::query, "bench").fill(store, settings, events);
      found.add(OURS, "filling, seconds", (System.nanoTime() - start) / 1e9);
      addUp(store, found);
      measure(store, times, found);
      long kept = store.check().events();
      for (String table :
          List.of("events", "ids", "cells", "cell_ranks", "cell_sessions", "word_parts")) {
        String bytes =
            node.query(
                "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'bench'"
                    + " AND table = '"
                    + table
                    + "'");
        found.add(OURS, "bytes an event, " + table, Double.parseDouble(bytes) / kept);
      }
    } catch (MissingServerException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addUp(EventStore store, Measurements found) {
    long start = System.nanoTime();
    store.settle();
    store.rollUp();
    found.add(OURS, "adding up, seconds", (System.nanoTime() - start) / 1e9);
  }

  private static void measure(EventStore store, int times, Measurements found) {
    Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
    ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(1);
    String session =
        String.valueOf(store.read(newest).finish(newest).getFirst().text(Field.SESSION_ID));
    time("newest event", () -> store.read(newest).finish(newest), times, found);
    SEARCHES.forEach((name, text) -> {
      Search search = Search.newest(SearchQuery.parse(text));
      ReadRequest some = ReadRequest.newestFirst(Filter.EVERYTHING).limit(20);
      time("search " + name, () -> store.search(search, some), times, found);
    });
    for (Asked asked : Asked.all()) {
      QuestionCall call =
          asked.call().arguments().equals(List.of(Asked.NEWEST))
              ? QuestionCall.of(asked.call().question(), session)
              : asked.call();
      time("ask " + asked.name(), () -> answerer.ask(call), times, found);
    }
  }

  private static void time(String what, Callable<?> work, int times, Measurements found) {
    List<Double> millis = new ArrayList<>();
    double first = 0;
    try {
      for (int i = 0; i <= times; i++) {
        long start = System.nanoTime();
        work.call();
        double took = (System.nanoTime() - start) / 1e6;
        if (i == 0) {
          first = took;
        } else {
          millis.add(took);
        }
      }
    } catch (QuestionException e) {
      System.out.println(what + " was not asked: " + e.getMessage());
      return;
    } catch (Exception e) {
      throw new IllegalStateException(what, e);
    }
    double median = Measurements.median(millis);
    System.out.printf(
        "%-28s first %8.1f  warm %8.1f  most %8.1f ms%n",
        what, first, median, Collections.max(millis));
    found.add(OURS, what, median);
  }
}
