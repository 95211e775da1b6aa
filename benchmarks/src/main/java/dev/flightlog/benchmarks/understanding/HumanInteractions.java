package dev.flightlog.benchmarks.understanding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.analysis.Observers;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.store.Append;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Corrections and frustrations against prompts labelled by hand, through a store and its digest.
 */
public final class HumanInteractions implements Benchmark {
  private static final String LABELS = "prompts.jsonl";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int DEVELOPMENT = 4;

  @Override
  public String name() {
    return "interactions";
  }

  @Override
  public String title() {
    return "corrections and frustrations found in prompts labelled by hand";
  }

  private record Prompt(int round, String label, boolean first, String text) {}

  /** Hits, false alarms and misses. */
  private static final class Score {
    int hits;
    int wrong;
    int missed;

    void add(boolean is, boolean said) {
      hits += is && said ? 1 : 0;
      wrong += !is && said ? 1 : 0;
      missed += is && !said ? 1 : 0;
    }
  }

  @Override
  public Report run(Settings settings) throws IOException {
    List<Prompt> prompts =
        new ArrayList<>(prompts(HumanInteractions.class.getResourceAsStream(LABELS)));
    String more = settings.option("prompts");
    if (more != null) {
      prompts.addAll(prompts(Files.newInputStream(Path.of(more))));
    }
    Map<String, Set<String>> found = found(prompts, settings);
    Map<String, Score> scores = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      Set<String> said = found.getOrDefault("p" + i, Set.of());
      String part = prompt.round() > DEVELOPMENT ? "round " + prompt.round() : "development";
      boolean correction = prompt.label().contains("correction");
      boolean frustration = prompt.label().contains("frustration");
      score(scores, part + "/either").add(correction || frustration, !said.isEmpty());
      score(scores, part + "/correction").add(correction, said.contains("correction"));
      score(scores, part + "/frustration").add(frustration, said.contains("frustration"));
      if (prompt.label().equals("injected")) {
        score(scores, "injected/either").add(false, !said.isEmpty());
      }
    }
    Measurements figures = new Measurements();
    Report report = new Report(figures).setting("prompts", prompts.size());
    for (Map.Entry<String, Score> each : scores.entrySet()) {
      Score score = each.getValue();
      Wilson recall = new Wilson(score.hits, score.hits + score.missed);
      Wilson precision = new Wilson(score.hits, score.hits + score.wrong);
      if (!each.getKey().startsWith("injected")) {
        figures.add(each.getKey(), "recall %", recall.percent());
        figures.add(each.getKey(), "precision %", precision.percent());
      }
      report.remark(
          each.getKey()
              + ": recall "
              + recall
              + ", precision "
              + precision
              + ", "
              + score.wrong
              + " false alarms");
    }
    report.remark("Rounds 1 to 4 are development; see PROMPTS.md beside the labels.");
    String held = more == null ? "round 5/correction" : "round 6/correction";
    return report
        .verdict(Verdict.floor("recall of corrections", 70, figures, held, "recall %"))
        .verdict(Verdict.floor("precision of corrections", 80, figures, held, "precision %"));
  }

  private static Score score(Map<String, Score> scores, String name) {
    return scores.computeIfAbsent(name, key -> new Score());
  }

  /** What the digest finds in each prompt, which stands behind another one unless it was first. */
  private static Map<String, Set<String>> found(List<Prompt> prompts, Settings settings)
      throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    try (SqliteStore store = SqliteStore.open(Index.in(settings.emptyFolder("interactions")))) {
      EventBatch batch = new EventBatch();
      for (int i = 0; i < prompts.size(); i++) {
        if (!prompts.get(i).first()) {
          batch.add(EventBatch.Mode.NEW, prompt("p" + i, 0, "Start."));
        }
        batch.add(EventBatch.Mode.NEW, prompt("p" + i, 1, prompts.get(i).text()));
      }
      store.append(new Append(batch));
      LearnedFacts learned = Observers.digest(store).refresh();
      for (InteractionFact fact : learned.all(InteractionFact.class)) {
        InteractionKind kind = fact.kind();
        if (kind == InteractionKind.CORRECTION || kind == InteractionKind.FRUSTRATION) {
          found.computeIfAbsent(fact.session(), key -> new HashSet<>()).add(kind.wireName());
        }
      }
    }
    return found;
  }

  private static Event prompt(String session, int place, String text) {
    return Event.builder(
            EventIds.ofKey(session + ":" + place),
            START.plusSeconds(place),
            EventTypes.USER_PROMPT,
            Category.INTERACTION)
        .set(Field.SESSION_ID, session)
        .details(Map.of("text", text))
        .build();
  }

  private static List<Prompt> prompts(@Nullable InputStream in) throws IOException {
    List<Prompt> prompts = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    if (in == null) {
      throw new IOException("the labels are not on the class path: " + LABELS);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode label = mapper.readTree(line);
        prompts.add(
            new Prompt(
                label.path("round").asInt(),
                label.path("label").asText(),
                label.path("ref").asText().endsWith("#0"),
                label.path("text").asText()));
      }
    }
    return prompts;
  }
}
