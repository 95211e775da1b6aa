package dev.flightlog.worker.capture;

import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.Occurrence.AgentEnded;
import dev.flightlog.formats.occurrence.Occurrence.ModelAnswered;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run has told about itself so far. Not thread-safe. */
final class RunFacts {
  private static final int MOST_ANSWERS = 20_000;

  private final Prices prices;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private Usage forgotten = Usage.NONE;
  private @Nullable String model;
  private boolean answered;
  private boolean failed;
  private @Nullable String result;
  private @Nullable String error;
  private @Nullable Double toldCost;
  private @Nullable Double contextPercent;
  private long toolCalls;
  private long toolErrors;

  private record Answer(Usage usage, double costUsd) {}

  RunFacts(Prices prices, @Nullable String model) {
    this.prices = prices;
    this.model = model;
  }

  void model(@Nullable String name) {
    model = name == null ? model : name;
  }

  @Nullable String model() {
    return model;
  }

  void called() {
    toolCalls++;
  }

  void returned(boolean wrong) {
    toolErrors += wrong ? 1 : 0;
  }

  void said(String text) {
    result = text;
  }

  void answered(ModelAnswered answer) {
    boolean main = Attribution.MAIN.equals(answer.origin().of().agent());
    if (main) {
      model(answer.model());
    }
    String of = answer.model() == null ? model : answer.model();
    Usage usage = answer.usage();
    Answer before = answers.get(answer.key());
    if (before != null && before.usage.total() > usage.total()) {
      return;
    }
    double cost = Double.isNaN(answer.costUsd()) ? prices.cost(of, usage) : answer.costUsd();
    answers.put(answer.key(), new Answer(usage, cost));
    if (answers.size() > MOST_ANSWERS) {
      String eldest = answers.keySet().iterator().next();
      Answer old = answers.remove(eldest);
      forgotten = old == null ? forgotten : forgotten.plus(old.usage);
    }
    long window = prices.window(of, usage.context());
    if (window > 0 && main && answer.origin().length() > 0) {
      contextPercent = Math.min(100, 100.0 * usage.context() / window);
    }
  }

  void ended(AgentEnded end, String answer) {
    answered = true;
    failed = Boolean.FALSE.equals(end.success());
    ErrorClass why = end.error();
    if (failed) {
      error = why == null ? "the run failed" : why.message().isEmpty() ? why.type() : why.message();
    } else if (!answer.isEmpty()) {
      result = answer;
    }
    if (end.details().get("total_cost_usd") instanceof Number cost) {
      toldCost = cost.doubleValue();
    }
  }

  AgentReport report(@Nullable Format format) {
    Usage usage = forgotten;
    double cost = 0;
    boolean known = false;
    for (Answer answer : answers.values()) {
      usage = usage.plus(answer.usage);
      known |= !Double.isNaN(answer.costUsd);
      cost += Double.isNaN(answer.costUsd) ? 0 : answer.costUsd;
    }
    Double told = toldCost;
    return new AgentReport(
        format == null
            ? AgentReport.Format.PLAIN
            : format == Formats.CODEX_EXEC ? AgentReport.Format.CODEX : AgentReport.Format.CLAUDE,
        model,
        answered,
        failed,
        result,
        error,
        usage,
        told == null && known ? Double.valueOf(cost) : told,
        contextPercent,
        toolCalls,
        toolErrors);
  }
}
