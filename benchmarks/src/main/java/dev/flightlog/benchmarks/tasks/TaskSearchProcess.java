package dev.flightlog.benchmarks.tasks;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.csv.TaskCsv;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.index.TaskPage;
import dev.flightlog.tasks.index.TaskQuery;
import dev.flightlog.tasks.index.TaskQuery.Sort;
import dev.flightlog.tasks.live.StoredStats;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Fills a home with tasks, or asks it. Arguments: fill or ask, the home, tasks or times. */
final class TaskSearchProcess {
  private TaskSearchProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[1]);
    int number = Integer.parseInt(arguments[2]);
    try (SqliteStore store = SqliteStore.open(home.resolve("events_index.db"))) {
      if (arguments[0].equals("fill")) {
        new GeneratedTasks(store).write(number);
      }
      try (TaskIndex index = open(home)) {
        if (arguments[0].equals("fill")) {
          fill(home, store, index);
        } else {
          ask(store, index, number);
        }
      }
    }
  }

  private static TaskIndex open(Path home) {
    return TaskIndex.open(home.resolve("tasks.db"));
  }

  private static void fill(Path home, SqliteStore store, TaskIndex index) throws IOException {
    long start = System.nanoTime();
    index.catchUp(store);
    seconds("catch up, s", start);
    start = System.nanoTime();
    index.catchUp(store);
    seconds("nothing new, s", start);
    start = System.nanoTime();
    Path csv = home.resolve("tasks.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
      export(index, writer);
    }
    seconds("export, s", start);
    long lines;
    try (Stream<String> all = Files.lines(csv)) {
      lines = all.count() - 1;
    }
    Forked.report(System.out, "tasks", lines);
  }

  private static void export(TaskIndex index, Writer writer) throws IOException {
    TaskCsv csv = new TaskCsv(writer);
    index.each(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        task -> {
          try {
            csv.write(task);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void seconds(String name, long start) {
    Forked.report(System.out, name, (System.nanoTime() - start) / 1e9);
  }

  private static void ask(SqliteStore store, TaskIndex index, int times) {
    Instant end = GeneratedTasks.END;
    TaskQuery all = TaskQuery.all();
    Map<String, TaskQuery> searches = new LinkedHashMap<>();
    searches.put("newest", all);
    searches.put(
        "one day", all.from(end.minus(Duration.ofDays(40))).to(end.minus(Duration.ofDays(39))));
    searches.put("failed", all.statuses(Set.of(TaskStatus.FAILED)));
    searches.put("running", all.statuses(Set.of(TaskStatus.RUNNING)));
    searches.put("agent", all.agent("agent-3"));
    searches.put(
        "agent, failed, provider",
        all.agent("agent-3").statuses(Set.of(TaskStatus.FAILED)).provider("jira"));
    searches.put("nobody's", all.agent("nobody"));
    searches.put("costs 50 USD", all.minCost(50.0));
    searches.put("costliest", all.sort(Sort.COSTLIEST));
    searches.put("costliest of an agent", all.sort(Sort.COSTLIEST).agent("agent-3"));
    searches.put("longest that failed", all.sort(Sort.LONGEST).statuses(Set.of(TaskStatus.FAILED)));
    searches.put("common word", all.text("deploy"));
    searches.put(
        "two words, failed", all.text("deploy billing").statuses(Set.of(TaskStatus.FAILED)));
    searches.put("rare word", all.text("T-4711"));
    searches.put("common word, costliest", all.text("deploy").sort(Sort.COSTLIEST));
    searches.put(
        "common words, rare status", all.text("deploy").statuses(Set.of(TaskStatus.PARKED)));
    searches.put("beginning of a word", all.text("depl* bill*").agent("agent-3"));
    searches.forEach((name, query) -> time(name, times, () -> index.search(query)));
    TaskQuery deep = all.statuses(Set.of(TaskStatus.FAILED)).limit(1000);
    for (int i = 0; i < 50; i++) {
      TaskPage page = index.search(deep);
      deep = page.next() == null ? deep : deep.page(page.next());
    }
    TaskQuery far = deep;
    time("page 51 of 1000", times, () -> index.search(far));
    time("stats", times, () -> StoredStats.at(end, store, null));
    time("stats of an agent", times, () -> StoredStats.at(end, store, "agent-3"));
  }

  private static void time(String name, int times, Runnable work) {
    List<Double> millis = new ArrayList<>();
    for (int i = -5; i < times; i++) {
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    Forked.report(System.out, name, Measurements.median(millis));
  }
}
