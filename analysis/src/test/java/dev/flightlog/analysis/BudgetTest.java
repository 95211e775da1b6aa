package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenCounter;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code -Dflightlog.worlds=500} is the long form. */
class BudgetTest {
  private static final int WORLDS = Integer.getInteger("flightlog.worlds", 60);
  private static final TokenEstimate ESTIMATE = TokenEstimate.standard();

  @Test
  void everyAnswerStaysWithinItsBudgetInEveryHostileWorld() {
    int answers = 0;
    int cut = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      HostileWorld world = new HostileWorld(seed);
      Answerer answerer = answerer(world);
      for (Question question : Questions.all()) {
        List<QuestionCall> calls = calls(world, question);
        for (int i = 0; i < 2; i++) {
          QuestionCall call = calls.get(i == 0 ? 0 : 1 + world.random.nextInt(calls.size() - 1));
          answers++;
          Answer answer = ask(answerer, call, seed);
          if (answer != null) {
            check(answer, question.budget(), "seed " + seed + " " + call);
            cut += answer.text().contains(" more: ") ? 1 : 0;
          }
        }
      }
    }
    assertThat(answers).isEqualTo(2 * WORLDS * Questions.all().size());
    assertThat(cut).as("answers that left rows out").isGreaterThan(WORLDS / 2);
  }

  @Test
  void anyBudgetHoldsOrIsRefusedWithOneThatHolds() {
    for (int seed = 0; seed < WORLDS; seed++) {
      HostileWorld world = new HostileWorld(seed);
      Answerer answerer = answerer(world);
      for (Question question : Questions.all()) {
        int budget = 1 + world.random.nextInt(1 << world.random.nextInt(13));
        QuestionCall call = calls(world, question).getLast().maxTokens(budget);
        try {
          check(answerer.ask(call), budget, "seed " + seed + " " + call);
        } catch (NotFoundException nothingOfThatName) {
          assertThat(nothingOfThatName).hasMessageContaining("there is no ");
        } catch (QuestionException tooSmall) {
          String message = String.valueOf(tooSmall.getMessage());
          assertThat(message).contains("--max-tokens " + budget + " is too small");
          int enough = Integer.parseInt(message.substring(message.lastIndexOf(' ') + 1));
          assertThat(enough).isGreaterThan(budget);
          check(answerer.ask(call.maxTokens(enough)), enough, "seed " + seed + " " + call);
        }
      }
    }
  }

  @Test
  void aLargerBudgetNeverShowsFewerRowsAndALargeOneShowsAll() {
    for (int seed = 0; seed < WORLDS / 5; seed++) {
      HostileWorld world = new HostileWorld(seed);
      Answerer answerer = answerer(world);
      for (Question question : Questions.all()) {
        QuestionCall call = calls(world, question).getFirst();
        Answer answer = ask(answerer, call.maxTokens(2 * question.budget()), seed);
        if (answer != null) {
          Answer all = answerer.ask(call.maxTokens(100_000));
          assertThat(all.omitted()).isZero();
          assertThat(all.rowCount()).isEqualTo(answer.rowCount() + answer.omitted());
          assertThat(answerer.ask(call).rowCount()).as("for programs").isEqualTo(all.rowCount());
        }
      }
    }
  }

  @Test
  void whatWasLeftOutIsSaidWithTheCommandThatShowsIt() {
    Answer answer = SmallWorld.answerer().ask(QuestionCall.of("errors").maxTokens(130));
    assertThat(answer.omitted()).isPositive();
    assertThat(answer.text()).contains("+" + answer.omitted() + " more: ");
    assertThat(answer.text()).contains("--max-tokens ");
  }

  @Test
  void aBudgetBelowOneRowIsRefusedWithWhatItTakes() {
    assertThatThrownBy(() -> SmallWorld.answerer().ask(QuestionCall.of("errors").maxTokens(20)))
        .isInstanceOf(QuestionException.class)
        .hasMessageMatching(
            "--max-tokens 20 is too small for 'errors': its shortest answer here takes \\d+ tokens;"
                + " try --max-tokens 200");
    assertThatThrownBy(() -> SmallWorld.answerer().ask(QuestionCall.of("errors").maxTokens(0)))
        .hasMessage("--max-tokens is 0; it must be at least 1");
  }

  @Test
  void everyQuestionAnswersWithinFiftyTokens() {
    for (Question question : Questions.all()) {
      String[] arguments =
          question.arguments().stream().map(Argument::example).toArray(String[]::new);
      QuestionCall call = QuestionCall.of(question.name(), arguments).maxTokens(50);
      Answer answer = FlowWorld.answerer().ask(call);
      check(answer, 50, call.toString());
      boolean said = answer.rowCount() > 0 || answer.text().contains(": ");
      assertThat(said).as(answer.text()).isTrue();
    }
  }

  @Test
  void aNumberOfRowsTakesTheRoomItNeedsAndSaysWhatIsLeft() {
    Answer answer = FlowWorld.answerer().ask(QuestionCall.of("tools").limit(2));
    assertThat(answer.rowCount()).isEqualTo(2);
    assertThat(answer.omitted()).isPositive();
    assertThat(answer.text())
        .contains("+" + answer.omitted() + " more: flightlog ask tools --limit ");
  }

  private static Answerer answerer(HostileWorld world) {
    MemoryStore store = new MemoryStore();
    store.append(new Append(world.batch()));
    return new Answerer(store, ESTIMATE, Clock.fixed(HostileWorld.NOW, ZoneOffset.UTC));
  }

  /** Without filters, with all of them, and with names that do not exist. */
  private static List<QuestionCall> calls(HostileWorld world, Question question) {
    String[] arguments = Arguments.of(question, world, world.random);
    boolean stories = question.namesStories();
    QuestionCall plain = QuestionCall.of(question.name(), arguments);
    QuestionCall narrow = plain.since("2026-02-27T13:14:15Z").agent(world.pick(world.agents));
    QuestionCall strange = plain.agent(world.name());
    return stories
        ? List.of(plain, narrow, strange)
        : List.of(
            plain,
            narrow.story(world.pick(world.stories)),
            strange.story(world.pick(world.stories)),
            plain.story(world.name()));
  }

  /** Null when there is nothing of the name asked for, or no words that can be searched for. */
  private static @Nullable Answer ask(Answerer answerer, QuestionCall call, int seed) {
    try {
      return answerer.ask(call);
    } catch (NotFoundException e) {
      return null;
    } catch (RuntimeException e) {
      if (e instanceof QuestionException && call.question().equals("search")) {
        return null;
      }
      throw new AssertionError("seed " + seed + ", " + call, e);
    }
  }

  private static void check(Answer answer, int budget, String where) {
    String text = answer.text();
    assertThat(answer.budget()).as(where).isEqualTo(budget);
    assertThat(answer.tokens()).as(where).isLessThanOrEqualTo(budget);
    int counted = TokenCounter.o200k().count(text);
    assertThat(answer.tokens()).as(where).isEqualTo((int) Math.ceil(counted * 135 / 100.0));
    assertThat(text).as(where).endsWith("\n");
    assertFit(text, where, "\n");
    assertFit(answer.csv(), where, "\n");
    assertFit(answer.json(), where, "");
    assertThat(rows(answer.json())).as(where).hasSize(answer.rowCount());
    if (answer.omitted() > 0) {
      assertThat(text).as(where).contains(" more: ");
    }
  }

  /** Nothing that moves a cursor, turns the line around, or cannot be seen. */
  private static void assertFit(String text, String where, String allowed) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (allowed.indexOf(c) < 0 && isBad(c)) {
        throw new AssertionError(where + ": U+" + Integer.toHexString(c) + " in " + text);
      }
    }
  }

  private static boolean isBad(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static List<?> rows(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    @Nullable Object value = new JsonReader().reset(utf8, 0, utf8.length).value();
    return value instanceof Map<?, ?> map && map.get("rows") instanceof List<?> rows
        ? rows
        : List.of();
  }
}
