package dev.flightlog.benchmarks.understanding;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The question {@code failure} on logs of failed multi-agent runs whose failing agent and step
 * people have labelled, through the importer and the store; beside guesses that need no thought.
 */
public final class FailureAttribution implements Benchmark {
  private static final String OURS = "failure";
  private static final String FIRST = "first error";
  private static final String LAST = "last error";
  private static final String CHANCE = "chance";

  @Override
  public String name() {
    return "failure";
  }

  @Override
  public String title() {
    return "which agent and step broke a run: accuracy against labels, test half apart";
  }

  /** What somebody says; null when they cannot tell. */
  private record Said(@Nullable Long step, @Nullable String agent) {}

  @Override
  public Report run(Settings settings) throws IOException {
    String data = settings.option("data");
    if (data == null) {
      throw new IllegalArgumentException(
          "--data FOLDER is needed: the folder Who&When of"
              + " https://github.com/ag2ai/Agents_Failure_Attribution");
    }
    List<FailureLabel> labels = FailureLabel.in(Path.of(data));
    Path home = settings.emptyFolder("failure");
    Index.fill(home, List.of(Path.of(data)));
    Scores scores = new Scores();
    List<Double> times = new ArrayList<>();
    boolean verbose = settings.option("show") != null;
    try (EventStore store = SqliteStore.openForReading(Index.in(home))) {
      Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
      for (FailureLabel label : labels) {
        boolean other = label.name().startsWith("Hand-Crafted");
        String half = other ? "hand-crafted" : label.isDevelopment() ? "development" : "test";
        long begin = System.nanoTime();
        Answer answer = answerer.ask(QuestionCall.of("failure", label.session()));
        times.add((System.nanoTime() - begin) / 1e6);
        Said ours =
            new Said(
                (Long) answer.window().get("blamed_step"),
                (String) answer.window().get("blamed_agent"));
        scores.add(half, OURS, label, ours);
        baselines(events(store, label), label, half, scores);
        if (verbose && half.equals(settings.option("show"))) {
          System.out.println(
              label.name() + " label " + label.step() + " " + label.agent() + "\n" + answer.text());
        }
      }
    }
    return report(scores, times, labels.size());
  }

  private static List<Event> events(EventStore store, FailureLabel label) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.is(Field.SESSION_ID, label.session()));
    return store.read(all).finish(all);
  }

  private static void baselines(
      List<Event> events, FailureLabel label, String half, Scores scores) {
    Said first = new Said(null, null);
    Said last = first;
    Map<String, Integer> turns = new HashMap<>();
    Set<String> tools = new HashSet<>();
    for (Event event : events) {
      String agent = event.text(Field.AGENT_NAME);
      if (event.eventType().equals("tool_call")) {
        tools.add(String.valueOf(event.detail("tool")));
        if (Boolean.FALSE.equals(event.flag(Field.SUCCESS))) {
          last = new Said(event.integer(Field.STEP), agent);
          first = first.step() == null ? last : first;
        }
      } else if (event.eventType().equals("agent_message") && agent != null) {
        turns.merge(agent, 1, Integer::sum);
      }
    }
    turns.keySet().removeAll(tools);
    scores.add(half, FIRST, label, first);
    scores.add(half, LAST, label, last);
    scores.chance(half, CHANCE, 1.0 / label.steps(), 1.0 / Math.max(1, turns.size()));
    String busiest = null;
    for (Map.Entry<String, Integer> each : turns.entrySet()) {
      int most = busiest == null ? 0 : turns.getOrDefault(busiest, 0);
      boolean more = each.getValue() > most;
      if (more || (each.getValue() == most && each.getKey().compareTo(busiest + "") < 0)) {
        busiest = each.getKey();
      }
    }
    scores.add(half, "most active agent", label, new Said(null, busiest));
    scores.add(half, "always step 1", label, at(events, 1));
    scores.add(half, "always step 0", label, at(events, 0));
  }

  private static Said at(List<Event> events, long step) {
    for (Event event : events) {
      Long told = event.integer(Field.STEP);
      if (told != null && told == step && event.text(Field.AGENT_NAME) != null) {
        return new Said(step, event.text(Field.AGENT_NAME));
      }
    }
    return new Said(step, null);
  }

  /** Hits by half, contender and what is asked. */
  private static final class Scores {
    final Map<String, double[]> sums = new java.util.TreeMap<>();

    void add(String half, String who, FailureLabel label, Said said) {
      double[] sum = of(half, who);
      sum[0]++;
      Long step = said.step();
      String agent = said.agent();
      sum[1] += step != null && step == label.step() ? 1 : 0;
      sum[2] += step != null && Math.abs(step - label.step()) <= 1 ? 1 : 0;
      sum[3] += agent != null && label.isAgent(agent) ? 1 : 0;
      sum[4] += step == null && agent == null ? 1 : 0;
    }

    void chance(String half, String who, double step, double agent) {
      double[] sum = of(half, who);
      sum[0]++;
      sum[1] += step;
      sum[2] += Math.min(1, 3 * step);
      sum[3] += agent;
    }

    double[] of(String half, String who) {
      return sums.computeIfAbsent(half + "/" + who, key -> new double[5]);
    }
  }

  private static Report report(Scores scores, List<Double> times, int logs) {
    Measurements found = new Measurements();
    Report report = new Report(found).setting("logs", logs);
    for (Map.Entry<String, double[]> each : scores.sums.entrySet()) {
      String half = each.getKey().substring(0, each.getKey().indexOf('/'));
      String who = each.getKey().substring(each.getKey().indexOf('/') + 1);
      double[] sum = each.getValue();
      int all = (int) sum[0];
      Wilson step = new Wilson(sum[1], all);
      Wilson near = new Wilson(sum[2], all);
      Wilson agent = new Wilson(sum[3], all);
      found.add(who, half + ": agent %", agent.percent());
      found.add(who, half + ": step %", step.percent());
      found.add(who, half + ": step +-1 %", near.percent());
      found.add(who, half + ": cannot tell %", 100 * sum[4] / all);
      report.remark(
          half
              + ", "
              + who
              + ", "
              + all
              + " logs: agent "
              + agent
              + ", step "
              + step
              + ", within one step "
              + near);
      int told = all - (int) sum[4];
      if (who.equals(OURS)) {
        report.remark(
            half
                + ", of the "
                + told
                + " it answered: agent "
                + new Wilson(sum[3], told)
                + ", step "
                + new Wilson(sum[1], told));
      }
    }
    found.add(OURS, "ms", Measurements.median(times));
    report.remark(
        "95 % intervals by Wilson; who cannot tell is counted wrong unless it says so; silent is allowed, wrong more often than chance is not.");
    return report.verdict(Verdict.bound("time of an answer", 30, found, OURS, "ms"));
  }
}
