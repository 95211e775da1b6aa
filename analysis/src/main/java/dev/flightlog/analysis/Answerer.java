package dev.flightlog.analysis;

import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Since;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from a store, each within its budget. Safe for several threads; blocks while
 * the store works and fails as the store does ({@link dev.flightlog.store.StoreException}).
 */
public final class Answerer {
  private final EventStore store;
  private final TokenEstimate estimate;
  private final Clock clock;
  private final Digest digest;

  public Answerer(EventStore store, TokenEstimate estimate, Clock clock) {
    this.store = store;
    this.estimate = estimate;
    this.clock = clock;
    this.digest = Observers.digest(store);
  }

  /**
   * @throws QuestionException when the call has a mistake: unknown question, missing argument, bad
   *     time, a budget in which not one row fits
   */
  public Answer ask(QuestionCall call) {
    long begin = System.nanoTime();
    Question question = Questions.named(call.question());
    checkArguments(question, call);
    Integer asked = call.maxTokens();
    int budget = asked == null ? question.budget() : asked;
    if (budget < 1) {
      throw new QuestionException("--max-tokens is " + budget + "; it must be at least 1");
    }
    long now = Timestamps.of(clock.instant());
    String from = call.since();
    Long since = from == null ? null : (Long) Since.parse(from, now);
    Scope scope = Scope.of(store, digest, call, filter(call, since), since, now);
    Findings findings =
        scope.events() == 0 ? Absence.explain(scope) : question.inquiry().ask(scope);
    Page.Fitted fitted = new Page(question, scope, findings, estimate, budget).fit();
    long elapsed = (System.nanoTime() - begin) / 1_000_000;
    return new Answer(question, fitted, window(scope, findings), findings.rows(), budget, elapsed);
  }

  private static void checkArguments(Question question, QuestionCall call) {
    int given = call.arguments().size();
    List<Argument> expected = question.arguments();
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).required() && (i >= given || call.arguments().get(i).isBlank())) {
        Argument missing = expected.get(i);
        throw new QuestionException(
            "'"
                + question.name()
                + "' needs "
                + missing.name()
                + ", "
                + missing.meaning()
                + ": "
                + question.example());
      }
    }
    if (question.namesStories() && call.story() != null) {
      throw new QuestionException(
          "'" + question.name() + "' names its stories itself: " + question.example());
    }
    if (given > expected.size()) {
      String extra = SafeText.shortened(call.arguments().get(expected.size()), 40);
      throw new QuestionException(
          "'"
              + question.usage()
              + "' has no place for '"
              + extra
              + "'; narrow it with --story, --agent or --since, such as: "
              + question.example()
              + " --since 7d");
    }
  }

  private static Filter filter(QuestionCall call, @Nullable Long since) {
    List<Filter> parts = new ArrayList<>();
    String story = call.story();
    String agent = call.agent();
    if (story != null) {
      parts.add(Scope.story(story));
    }
    if (agent != null) {
      parts.add(Filter.is(Field.AGENT_NAME, agent));
    }
    if (since != null) {
      parts.add(Filter.since(since));
    }
    return Filter.and(parts);
  }

  private static Map<String, @Nullable Object> window(Scope scope, Findings findings) {
    Map<String, @Nullable Object> window = new LinkedHashMap<>();
    Long since = scope.since();
    boolean any = scope.events() > 0;
    window.put("text", scope.window(new Wording(scope.now(), Wording.ROOMY)));
    window.put("since", since == null ? null : Timestamps.text(since));
    window.put("first", any ? Timestamps.text(scope.first()) : null);
    window.put("last", any ? Timestamps.text(scope.last()) : null);
    window.put("story", scope.call().story());
    window.put("agent", scope.call().agent());
    window.put("events", scope.events());
    window.put("sessions", scope.sessions());
    window.putAll(findings.totals());
    return window;
  }
}
