package dev.flightlog.benchmarks.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.analysis.Observers;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.benchmarks.understanding.Wilson;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.Remedy;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remedies for errors labelled by hand (ERRORS.md beside the labels): found by the pasted message
 * in the memory of all other sessions, and the pairs of error and success that are shown.
 */
public final class LabelledErrors implements Benchmark {
  private static final String LABELS = "errors.jsonl";
  private static final int OFFERED = 3;

  @Override
  public String name() {
    return "labelled-remedies";
  }

  @Override
  public String title() {
    return "remedies by pasted message, own session left out, against labels";
  }

  private record Label(
      String error, String part, boolean recovered, @Nullable String fix, Set<String> kinds) {}

  private static final class Score {
    int hits;
    int all;

    void add(boolean hit) {
      hits += hit ? 1 : 0;
      all++;
    }
  }

  @Override
  public Report run(Settings settings) throws IOException {
    String data = settings.option("data");
    if (data == null) {
      throw new IllegalArgumentException("--data FOLDER,… is needed: see ERRORS.md");
    }
    List<Path> folders = new ArrayList<>();
    for (String each : data.split(",")) {
      folders.add(Path.of(each).toAbsolutePath());
    }
    Path home = settings.emptyFolder("labelled-remedies");
    Index.fill(home, folders);
    List<ErrorFact> facts;
    try (EventStore store = SqliteStore.open(Index.in(home))) {
      facts = Observers.digest(store).refresh().all(ErrorFact.class);
    }
    settings.emptyFolder("labelled-remedies");
    Map<String, ErrorFact> byId = new HashMap<>();
    facts.forEach(each -> byId.put(each.id(), each));
    Map<String, Score> scores = new HashMap<>();
    List<String> missed = new ArrayList<>();
    for (Label label : labels()) {
      ErrorFact error = byId.get(label.error());
      if (error != null) {
        judge(label, error, facts, scores, missed);
      }
    }
    return report(scores, settings.option("show") == null ? List.of() : missed);
  }

  private static void judge(
      Label label,
      ErrorFact error,
      List<ErrorFact> facts,
      Map<String, Score> scores,
      List<String> missed) {
    if (label.recovered()) {
      List<ErrorFact> others = new ArrayList<>(facts);
      others.removeIf(each -> each.session().equals(error.session()));
      Set<String> offered = new HashSet<>();
      for (Remedy remedy : RemedyRanking.forMessage(error.message(), others, OFFERED)) {
        offered.add(remedy.change().kind().name());
      }
      boolean hit = offered.stream().anyMatch(label.kinds()::contains);
      score(scores, label.part() + "/real fix among three").add(hit);
      score(scores, "all/real fix among three").add(hit);
      if (!hit) {
        missed.add(
            error.label() + " " + label.kinds() + " offered " + offered + ": " + error.message());
      }
    }
    Change change = error.change();
    if (change != null) {
      boolean right = label.fix() == null || label.fix().equals(error.success());
      boolean pair = label.recovered() && (right || label.kinds().contains(change.kind().name()));
      score(scores, label.part() + "/pair shown is true").add(pair);
      score(scores, "all/pair shown is true").add(pair);
      if (!pair) {
        missed.add("pair " + error.label() + " " + change.key() + ": " + error.message());
      }
    }
  }

  private static Report report(Map<String, Score> scores, List<String> missed) {
    Measurements figures = new Measurements();
    Report report = new Report(figures);
    for (Map.Entry<String, Score> each : scores.entrySet()) {
      Wilson share = new Wilson(each.getValue().hits, each.getValue().all);
      figures.add(each.getKey(), "%", share.percent());
      report.remark(each.getKey() + ": " + share);
    }
    missed.forEach(each -> report.remark("missed: " + each));
    return report
        .verdict(
            Verdict.floor(
                "real fix among three, held out",
                75,
                figures,
                "held out/real fix among three",
                "%"))
        .verdict(Verdict.floor("pairs shown are true", 90, figures, "all/pair shown is true", "%"));
  }

  private static Score score(Map<String, Score> scores, String name) {
    return scores.computeIfAbsent(name, key -> new Score());
  }

  private static List<Label> labels() throws IOException {
    InputStream in = LabelledErrors.class.getResourceAsStream(LABELS);
    if (in == null) {
      throw new IOException("the labels are not on the class path: " + LABELS);
    }
    List<Label> labels = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode each = mapper.readTree(line);
        Set<String> kinds = new HashSet<>();
        each.path("kinds").forEach(kind -> kinds.add(kind.asText()));
        labels.add(
            new Label(
                each.path("error").asText(),
                each.path("part").asText(),
                each.path("recovered").asBoolean(),
                each.path("fix").isTextual() ? each.path("fix").asText() : null,
                kinds));
      }
    }
    return labels;
  }
}
