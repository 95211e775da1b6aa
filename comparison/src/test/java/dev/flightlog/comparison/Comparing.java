package dev.flightlog.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Observers;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.learning.rules.Recurring;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleProposer;
import dev.flightlog.learning.rules.ToolCalls;
import dev.flightlog.store.EventStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks three stores the same. A failure names the store and the call. */
final class Comparing {
  private final ThreeStores stores;
  private final String world;
  private final Map<String, Answerer> answerers = new LinkedHashMap<>();

  Comparing(ThreeStores stores, Clock clock, String world) {
    this.stores = stores;
    this.world = world;
    stores
        .all()
        .forEach((name, store) ->
            answerers.put(name, new Answerer(store, TokenEstimate.standard(), clock)));
  }

  /** Text and JSON of these are equal. */
  void ask(List<QuestionCall> calls) {
    for (QuestionCall call : calls) {
      Map<String, String> answers = new LinkedHashMap<>();
      answerers.forEach((name, answerer) -> answers.put(name, answer(answerer, call)));
      equal(answers, call.toString());
    }
  }

  private static String answer(Answerer answerer, QuestionCall call) {
    try {
      Answer answer = answerer.ask(call);
      return answer.text() + answer.json().replaceFirst("\"elapsed_ms\":\\d+", "");
    } catch (QuestionException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** What would become a rule, and what speaks for it. */
  void proposeRules(Path folder) {
    Map<String, String> proposals = new LinkedHashMap<>();
    stores.all().forEach((name, store) -> proposals.put(name, proposals(store, folder)));
    equal(proposals, "proposed rules");
  }

  private static String proposals(EventStore store, Path folder) {
    try {
      RuleBook none = RuleBook.open(folder.resolve("rules.jsonl"));
      Recurring recurring = Recurring.of(Observers.digest(store).refresh()::all, store);
      return new RuleProposer(ToolCalls.of(store)).propose(recurring, none) + "\n" + recurring;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void equal(Map<String, String> answers, String asked) {
    String expected = answers.values().iterator().next();
    answers.forEach((name, answer) ->
        assertThat(answer).as("%s, %s: %s", world, name, asked).isEqualTo(expected));
  }
}
