package dev.flightlog.benchmarks.learning;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.Remedy;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Remedies learnt from half of the sessions, offered for the errors of the other half. */
public final class LearnRemedies implements Benchmark {
  private static final String OURS = "Flightlog";
  private static final String NEXT = "most frequent next action";
  private static final String HALF = "the same, when its preparation counts";
  private static final String LAST = "last successful arguments";
  private static final String HIT = "hit@3";
  private static final String NEVER = "% offered, class never recovered";
  private static final int OFFERED = 3;

  @Override
  public String name() {
    return "remedies";
  }

  @Override
  public String title() {
    return "remedies learnt from half of the sessions, tried on the other half";
  }

  @Override
  public Report run(Settings settings) throws IOException {
    int splits = settings.number("splits", 10, 3);
    int seed = settings.number("seed", 1, 1);
    Path home = settings.emptyFolder("remedies");
    List<Path> data = new ArrayList<>();
    String given = settings.option("data");
    for (String each : given == null ? new String[0] : given.split(",")) {
      data.add(Path.of(each).toAbsolutePath());
    }
    if (data.isEmpty()) {
      data.add(
          settings
              .root()
              .toAbsolutePath()
              .resolve("importer/src/test/resources/dev/flightlog/importer"));
    }
    Index.fill(home, data);
    Map<String, List<Trial>> sessions;
    try (EventStore store = SqliteStore.openForReading(Index.in(home))) {
      sessions = Trial.bySession(store);
    }
    settings.emptyFolder("remedies");
    Measurements found = new Measurements();
    Set<String> recovered = new HashSet<>();
    int errors = 0;
    int recoveries = 0;
    for (List<Trial> trials : sessions.values()) {
      for (Trial trial : trials) {
        errors++;
        recoveries += trial.error().recovered() ? 1 : 0;
        if (trial.error().recovered()) {
          recovered.add(trial.template());
        }
      }
    }
    for (int split = 0; split < splits; split++) {
      split(sessions, recovered, seed + split, found);
    }
    Report report =
        new Report(found)
            .setting("sessions with errors", sessions.size())
            .setting("errors", errors)
            .setting("recovered", recoveries)
            .setting("splits", splits)
            .setting("seed", seed);
    if (given == null) {
      report.remark("Only the bundled sessions: too few to learn from. Name more with --data.");
    }
    String better = Verdict.largest(found, List.of(NEXT, LAST), HIT);
    return report
        .verdict(Verdict.atLeast("remedies, hit@3", 2, found, OURS, better, HIT))
        .verdict(Verdict.bound("offered though never recovered", 5, found, OURS, NEVER));
  }

  private static void split(
      Map<String, List<Trial>> sessions, Set<String> recovered, long seed, Measurements found) {
    List<String> names = new ArrayList<>(sessions.keySet());
    Collections.shuffle(names, new Random(seed));
    List<ErrorFact> known = new ArrayList<>();
    Map<String, Map<String, Integer>> next = new HashMap<>();
    Map<String, Map<String, Integer>> half = new HashMap<>();
    for (String name : names.subList(0, names.size() / 2)) {
      for (Trial trial : sessions.getOrDefault(name, List.of())) {
        known.add(trial.error());
        count(next, trial.errorClass(), trial.next());
        count(half, trial.errorClass(), trial.half());
      }
    }
    RemedyRanking remedies = new RemedyRanking().learn(known);
    Score score = new Score();
    for (String name : names.subList(names.size() / 2, names.size())) {
      for (Trial trial : sessions.getOrDefault(name, List.of())) {
        List<Remedy> offers = remedies.offers(trial.error(), OFFERED);
        List<String> ours = offers.stream().map(each -> each.change().key()).toList();
        Change truth = trial.error().change();
        if (truth != null) {
          score.recovered++;
          score.offered += ours.isEmpty() ? 0 : 1;
          score.first += !ours.isEmpty() && ours.getFirst().equals(truth.key()) ? 1 : 0;
          score.ours += ours.contains(truth.key()) ? 1 : 0;
          score.next += top(next, trial.errorClass()).contains(truth.key()) ? 1 : 0;
          score.half += top(half, trial.errorClass()).contains(truth.key()) ? 1 : 0;
          score.last += trial.last().contains(truth.key()) ? 1 : 0;
        } else if (trial.error().isDecided()) {
          boolean never = !recovered.contains(trial.template());
          score.givenUp++;
          score.offeredGivenUp += ours.isEmpty() ? 0 : 1;
          score.never += never ? 1 : 0;
          score.offeredNever += never && !ours.isEmpty() ? 1 : 0;
        }
      }
    }
    score.tell(found);
  }

  private static final class Score {
    int recovered;
    int offered;
    int first;
    int ours;
    int next;
    int half;
    int last;
    int givenUp;
    int offeredGivenUp;
    int never;
    int offeredNever;

    void tell(Measurements found) {
      found.add(OURS, HIT, share(ours, recovered));
      found.add(NEXT, HIT, share(next, recovered));
      found.add(HALF, HIT, share(half, recovered));
      found.add(LAST, HIT, share(last, recovered));
      found.add(OURS, "hit@1", share(first, recovered));
      found.add(OURS, "% offered, recovered", 100 * share(offered, recovered));
      found.add(OURS, NEVER, 100 * share(offeredNever, never));
      found.add(OURS, "% offered, this one given up", 100 * share(offeredGivenUp, givenUp));
      found.add(OURS, "recovered", recovered);
      found.add(OURS, "never recovered", never);
    }

    private static double share(int part, int whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  private static void count(Map<String, Map<String, Integer>> counts, String of, String what) {
    counts.computeIfAbsent(of, _ -> new HashMap<>()).merge(what, 1, Integer::sum);
  }

  private static List<String> top(Map<String, Map<String, Integer>> counts, String of) {
    return counts.getOrDefault(of, Map.of()).entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(OFFERED)
        .map(Map.Entry::getKey)
        .toList();
  }
}
