package dev.flightlog.benchmarks.slowing;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code ask bottlenecks} names as slower, against what was planted. */
public final class PlantedSlowdowns implements Benchmark {
  private static final String OURS = "Flightlog";

  @Override
  public String name() {
    return "bottlenecks";
  }

  @Override
  public String title() {
    return "slow-downs planted in generated work: how many are found, and how many of those named are";
  }

  @Override
  public Report run(Settings settings) throws IOException {
    int worlds = settings.number("worlds", 50, 5);
    int eventsADay = settings.number("events-a-day", 1_000, 1_000);
    int seed = settings.number("seed", 1_000, 1_000);
    Measurements found = new Measurements();
    int planted = 0;
    int named = 0;
    int hits = 0;
    int quietWorlds = 0;
    int falseInQuiet = 0;
    int withinThreeDays = 0;
    double factorError = 0;
    List<String> misses = new ArrayList<>();
    for (int i = 0; i < worlds; i++) {
      SlowWorld world = new SlowWorld(seed + i);
      List<Named> answers = ask(world, settings.emptyFolder("slowing"), eventsADay);
      planted += world.planted.size();
      named += answers.size();
      quietWorlds += world.planted.isEmpty() ? 1 : 0;
      falseInQuiet += world.planted.isEmpty() ? answers.size() : 0;
      for (Planted each : world.planted) {
        Named hit = null;
        for (Named answer : answers) {
          hit = answer.isOf(each) ? answer : hit;
        }
        if (hit == null) {
          misses.add("world " + (seed + i) + ": " + each + " of " + world.days + " days");
        } else {
          hits++;
          factorError += Math.abs(Math.log(hit.factor / each.factor()));
          withinThreeDays += Math.abs(hit.day - each.day()) <= 3 ? 1 : 0;
        }
      }
      for (Named answer : answers) {
        if (world.planted.stream().noneMatch(answer::isOf)) {
          misses.add("world " + (seed + i) + ": named but not planted: " + answer);
        }
      }
    }
    found.add(OURS, "found %", percent(hits, planted));
    found.add(OURS, "true %", percent(hits, named));
    found.add(OURS, "false in worlds without any", falseInQuiet);
    found.add(OURS, "day within 3 %", percent(withinThreeDays, hits));
    found.add(OURS, "factor off by %", hits == 0 ? 0 : 100 * (Math.exp(factorError / hits) - 1));
    Report report =
        new Report(found)
            .setting("worlds", worlds)
            .setting("events_a_day", eventsADay)
            .setting("seed", seed)
            .setting("planted", planted)
            .setting("named", named)
            .setting("worlds_without_any", quietWorlds)
            .verdict(Verdict.floor("planted slow-downs found", 90, found, OURS, "found %"))
            .verdict(Verdict.floor("those named are planted", 90, found, OURS, "true %"));
    misses.forEach(report::remark);
    return report;
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 100 : 100.0 * part / whole;
  }

  /** What an answer names. */
  private record Named(@Nullable String agent, @Nullable String step, int day, double factor) {
    boolean isOf(Planted planted) {
      return Objects.equals(agent, planted.agent()) && Objects.equals(step, planted.step());
    }
  }

  private static List<Named> ask(SlowWorld world, Path folder, int eventsADay) {
    try (EventStore store = SqliteStore.open(folder.resolve("index.db"))) {
      world.fill(store, eventsADay);
      Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
      Answer answer = answerer.ask(QuestionCall.of("bottlenecks").maxTokens(20_000));
      List<String> keys = answer.question().columns().stream().map(Column::key).toList();
      List<Named> named = new ArrayList<>();
      for (int row = 0; row < answer.rowCount(); row++) {
        if ("slower".equals(answer.value(row, 0))) {
          named.add(
              new Named(
                  text(answer, row, keys.indexOf("agent")),
                  step(answer, row, keys),
                  dayOf(String.valueOf(answer.value(row, keys.indexOf("since")))),
                  number(answer.value(row, keys.indexOf("factor")))));
        }
      }
      return named;
    }
  }

  private static @Nullable String step(Answer answer, int row, List<String> keys) {
    for (String key : List.of("tool", "stage", "event_type")) {
      String value = text(answer, row, keys.indexOf(key));
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String text(Answer answer, int row, int column) {
    Object value = answer.value(row, column);
    return value == null ? null : value.toString();
  }

  private static double number(@Nullable Object value) {
    return value instanceof Double number ? number : 0;
  }

  private static int dayOf(String since) {
    return (int)
        (java.time.LocalDate.parse(since.substring(0, 10)).toEpochDay()
            - java.time.LocalDate.of(2026, 1, 5).toEpochDay());
  }
}
