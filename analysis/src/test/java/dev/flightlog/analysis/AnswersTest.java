package dev.flightlog.analysis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Answerer answerer = SmallWorld.answerer();

  private String text(QuestionCall call) {
    return answerer.ask(call).text();
  }

  @Test
  void errorsTellWhatFailsHowOftenAndWhetherItGetsBetter() {
    assertThat(text(QuestionCall.of("errors")))
        .isEqualTo(
            """
            Errors, all time: 75, 74 of them in 703 tool calls; newest 2026-01-31
            count  class                  of calls  7d trend     last seen
               35  Bash exit_code              12%  ~11%->8.9%   4d ago Jan 30
               34  Edit string_not_found       34%  6->0         15d ago Jan 18
                5  Read file_not_found        1.7%  ~1.5%->1.8%  4d ago Jan 30
            +1 more: flightlog ask errors --max-tokens 350
            """);
  }

  @Test
  void moreTokensAddAnExampleRejectionsAndTheNextStep() {
    assertThat(text(QuestionCall.of("errors").maxTokens(400)))
        .startsWith(
            "Errors, all time: 75, 74 of them in 703 tool calls, 20 sessions; newest 3 days ago"
                + " (2026-01-31)\n")
        .endsWith(
            """
            e.g. "Bash failed: exit_code in src/Main.java"
            Not counted: 3 rejected by a person (Write)
            Bash exit_code: "Bash failed: exit_code in src/Main.java"; helped: make the same call again, unchanged
            Edit string_not_found: "Edit failed: string_not_found in src/Main.java"; helped: make the same call again, unchanged
            Read file_not_found: "Read failed: file_not_found in src/Main.java"; helped: make the same call again, unchanged
            TimeoutException: "No answer within 30 s"
            """);
  }

  @Test
  void agentsTellWhoDidHowMuch() {
    assertThat(text(QuestionCall.of("agents")))
        .isEqualTo(
            """
            Agents, all time: 2 named in 835 events, 20 sessions; newest 3 days ago (2026-01-31)
            agent    events  errors  of calls     avg    p95  tokens  last seen
            coder       504      50      9.7%  265 ms  1.1 s       -  3d ago Jan 31
            planner     331      25       13%   2.1 s  3.3 s    2.9M  3d ago Jan 31
            One of them: flightlog ask errors --agent coder
            """);
  }

  @Test
  void bottlenecksTellWhereTheTimeGoes() {
    assertThat(text(QuestionCall.of("bottlenecks")))
        .isEqualTo(
            """
            Time, all time: 9m 12s measured, waiting for people not told apart
            94%  Bash  8m 39s  p95 3.2 s, 300 runs
            +3 more: flightlog ask bottlenecks --max-tokens 250
            """);
  }

  @Test
  void performanceTellsSpeedAndContext() {
    assertThat(text(QuestionCall.of("performance")))
        .isEqualTo(
            """
            Speed, all time: peak context 82%; newest 2026-01-31
            tool_call  average 785 ms, p95 3.0 s (703)
            """);
  }

  @Test
  void toolsTellCallsFailuresAndTime() {
    assertThat(text(QuestionCall.of("tools").story("1.1").since("2026-01-12")))
        .isEqualTo(
            """
            Tools, since 2026-01-12, story 1.1: 2 tools, 241 calls, 47 failed, 7 sessions; newest 15 days ago (2026-01-18)
            tool  calls  failed  share     avg     p95
            Bash    161      20    12%   2.3 s   3.3 s
            Edit     80      27    34%  159 ms  230 ms
            Why they fail: flightlog ask errors
            """);
  }

  @Test
  void tokensTellCostAndSayWhatIsUnknown() {
    assertThat(text(QuestionCall.of("tokens")))
        .isEqualTo(
            """
            Tokens, all time: 2.9M in 125 model calls, $1.40 and 13 calls of unknown price, 20 sessions; newest 2026-01-31
            model              calls    in   out  cache read  written     cost
            claude-sonnet-4-5    112  129k   61k        2.2M     168k    $1.40
            some-new-model        13   15k  7.0k        260k      20k  unknown
            """);
  }

  @Test
  void compareTellsWhatIsRealAndWhatMayBeChance() {
    assertThat(text(QuestionCall.of("compare", "1.1", "1.2")))
        .isEqualTo(
            """
            1.1 and 1.2, all time: 8 and 12 sessions; newest 3 days ago (2026-01-31)
                                         1.1    1.2  second is
            failed tool calls            20%   3.7%  real: lower
            median tool call           1.4 s  16 ms  real: lower
            clarifications                 5      1  may be chance (p 0.090)
            rejections and interrupts      0      3  too few to tell
            tokens a model call          23k    23k  real: higher
            p95 tool call              3.2 s  1.1 s  not tested
            all errors                    59     16  not tested
            tool calls                   300    403  not tested
            tokens                      1.1M   1.8M  not tested
            cost                       $0.56  $0.84  not tested
            repeated errors               57     14  real: lower
            Repeated errors a call, second over first: 0.18 (95 %: 0.11 to 0.31); 50 % fewer: reached
            The cost leaves out 13 calls of unknown price
            More of one: flightlog ask errors --story 1.1
            """);
  }

  @Test
  void jsonHasTheSameRowsWithRawNumbersAndStableKeys() {
    Answer answer = answerer.ask(QuestionCall.of("errors").story("1.2").agent("coder"));
    assertThat(answer.json().replaceAll("\"elapsed_ms\":\\d+", "\"elapsed_ms\":0"))
        .isEqualTo(
            "{\"question\":\"errors\",\"window\":{\"text\":\"all time, story 1.2, agent coder\","
                + "\"since\":null,\"until\":null,\"first\":\"2026-01-18T17:05:00.000000+00:00\","
                + "\"last\":\"2026-01-31T04:11:42.000000+00:00\",\"timezone\":\"UTC\",\"project\":null,\"story\":\"1.2\","
                + "\"agent\":\"coder\",\"machine\":null,\"person\":null,\"events\":404,\"sessions\":12,\"pending\":[],\"errors\":16,"
                + "\"tool_calls\":403,\"tool_errors\":15,\"rejected\":3,\"model_calls\":0,"
                + "\"trend_period\":\"6d\"},\"rows\":["
                + "{\"class\":\"Bash exit_code\",\"event_type\":\"tool_call\",\"tool\":\"Bash\","
                + "\"error_type\":\"exit_code\",\"count\":10,\"opportunities\":100,\"share\":0.1,"
                + "\"before\":5,\"recent\":5,\"before_share\":0.1,\"recent_share\":0.1,\"trend\":\"chance\","
                + "\"programs\":null,\"message\":\"Bash failed:\\n  exit_code in src/Main.java\","
                + "\"fixed_by\":\"make the same call again, unchanged\",\"last_seen\":\"2026-01-30T09:11:17.000000+00:00\"},"
                + "{\"class\":\"Read file_not_found\",\"event_type\":\"tool_call\","
                + "\"tool\":\"Read\",\"error_type\":\"file_not_found\",\"count\":5,"
                + "\"opportunities\":300,\"share\":0.016666666666666666,\"before\":2,"
                + "\"recent\":3,\"before_share\":0.013333333333333334,\"recent_share\":0.02,\"trend\":\"chance\","
                + "\"programs\":null,\"message\":\"Read failed:\\n  file_not_found in src/Main.java\","
                + "\"fixed_by\":\"make the same call again, unchanged\",\"last_seen\":\"2026-01-30T09:11:16.000000+00:00\"},"
                + "{\"class\":\"TimeoutException\",\"event_type\":\"error\",\"tool\":null,"
                + "\"error_type\":\"TimeoutException\",\"count\":1,\"opportunities\":null,"
                + "\"share\":null,\"before\":0,\"recent\":1,"
                + "\"before_share\":null,\"recent_share\":null,\"trend\":\"untested\",\"programs\":null,"
                + "\"message\":\"No answer within 30 s\",\"fixed_by\":null,"
                + "\"last_seen\":\"2026-01-30T09:13:54.000000+00:00\"}],"
                + "\"omitted\":0,\"tokens\":"
                + answer.tokens()
                + ",\"budget\":200,\"elapsed_ms\":0}");
  }

  @Test
  void csvHasALineOfKeysAndEmptyCellsForWhatIsUnknown() {
    assertThat(answerer.ask(QuestionCall.of("tokens")).csv())
        .isEqualTo(
            """
            model,calls,input_tokens,output_tokens,cache_read_tokens,cache_write_tokens,tokens_used,cost_usd,unpriced_calls
            claude-sonnet-4-5,112,128680,61480,2240000,168000,2598160,1.4,0
            some-new-model,13,14820,7020,260000,19500,301340,,13
            """);
  }

  @Test
  void anEmptyStoreSaysWhatToDo() {
    Answerer empty = new Answerer(new MemoryStore(), TokenEstimate.standard(), SmallWorld.CLOCK);
    for (Question question : Questions.all()) {
      String[] arguments =
          question.arguments().stream().map(Argument::example).toArray(String[]::new);
      QuestionCall call = QuestionCall.of(question.name(), arguments);
      Answer answer = empty.ask(call.story(question.namesStories() ? null : "x"));
      assertThat(answer.text())
          .isEqualTo(
              "Nothing recorded yet. Read what is there, or samples: flightlog quickstart\n");
      assertThat(answer.rowCount()).isZero();
      assertThat(answer.window()).containsEntry("events", 0L).containsEntry("last", null);
    }
  }

  @Test
  void aStoryThatDoesNotExistIsAnsweredWithTheNearest() {
    assertThat(text(QuestionCall.of("errors").story("1.3")))
        .isEqualTo("No story '1.3'; nearest: 1.1, 1.2.\n");
    assertThat(text(QuestionCall.of("errors").story("checkout")))
        .isEqualTo("No story 'checkout'; there are: 1.2, 1.1.\n");
    assertThatThrownBy(() -> text(QuestionCall.of("compare", "1.1", "1.7")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no story '1.7'; nearest: 1.1, 1.2");
    assertThat(text(QuestionCall.of("tools").agent("codr")))
        .isEqualTo("No agent 'codr'; nearest: coder.\n");
  }

  @Test
  void aPeriodWithoutEventsNamesTheNewest() {
    assertThat(text(QuestionCall.of("errors").story("1.1").since("3d")))
        .isEqualTo(
            "No events since 2026-01-31 12:00, story 1.1; the newest event of all was 3 days ago"
                + " (2026-01-31 04:11 UTC).\n");
  }

  @Test
  void theDefaultStoryIsThatOfEventsWithoutOne() {
    EventStore store = new MemoryStore();
    SmallWorld.fill(store);
    keep(store, event("of none", EventTypes.TOOL_CALL).set(Field.SUCCESS, false).build());
    Answerer asked = new Answerer(store, TokenEstimate.standard(), SmallWorld.CLOCK);
    assertThat(asked.ask(QuestionCall.of("errors").story("default")).text())
        .isEqualTo(
            """
            Errors, all time, story default: 1 in 1 tool call; newest 33 days ago (2026-01-01)
            count  class            of calls  last seen
                1  (no tool) error      100%  33d ago Jan 1
            See them: flightlog search '' --failed; how tools do: flightlog ask tools
            """);
  }

  @Test
  void oneEventIsEnoughForEveryQuestion() {
    EventStore store = new MemoryStore();
    keep(store, event("only", "note").set(Field.STORY_ID, "s").build());
    Answerer asked = new Answerer(store, TokenEstimate.standard(), SmallWorld.CLOCK);
    assertThat(asked.ask(QuestionCall.of("errors")).text())
        .isEqualTo("Errors, all time: none in 0 tool calls; newest 33 days ago (2026-01-01)\n");
    assertThat(asked.ask(QuestionCall.of("bottlenecks")).text())
        .isEqualTo("Time, all time: no event has a duration; newest 2026-01-01\n");
    assertThat(asked.ask(QuestionCall.of("performance")).text())
        .isEqualTo(
            "Speed, all time: no event has a duration; peak context unknown; newest 2026-01-01\n");
    assertThat(asked.ask(QuestionCall.of("tools")).text())
        .isEqualTo("Tools, all time: 0 tools, no tool calls; newest 33 days ago (2026-01-01)\n");
    assertThat(asked.ask(QuestionCall.of("tokens")).text())
        .isEqualTo("Tokens, all time: no model calls; newest 2026-01-01\n");
    assertThat(asked.ask(QuestionCall.of("agents")).rowCount()).isOne();
    assertThat(asked.ask(QuestionCall.of("compare", "s", "s")).text())
        .contains("tool calls                 0  0  not tested");
  }

  @Test
  void anUnknownQuestionIsAnErrorWithTheNearest() {
    assertThatThrownBy(() -> answerer.ask(QuestionCall.of("eror")))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "there is no question 'eror'; did you mean 'errors'? There are: "
                + Questions.all().stream().map(Question::name).collect(joining(", ")));
    assertThatThrownBy(() -> answerer.ask(QuestionCall.of("\u001b[2Jweather")))
        .hasMessageStartingWith("there is no question '\\u001b[2Jweather'; there are: errors,");
  }

  @Test
  void aMissingArgumentIsAnErrorWithAnExample() {
    assertThatThrownBy(() -> answerer.ask(QuestionCall.of("compare", "1.1")))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "'compare' needs B, the story to compare it with: flightlog ask compare 1.1 1.2");
    assertThatThrownBy(() -> answerer.ask(QuestionCall.of("errors", "1.1")))
        .hasMessage(
            "'errors' has no place for '1.1'; narrow it with --story, --agent or --since, such as:"
                + " flightlog ask errors --since 7d");
    assertThatThrownBy(() -> answerer.ask(QuestionCall.of("compare", "1.1", "1.2").story("1.1")))
        .hasMessage("'compare' names its stories itself: flightlog ask compare 1.1 1.2");
  }

  @Test
  void everyQuestionIsDefinedWhole() {
    assertThat(Questions.all()).extracting(Question::name).doesNotHaveDuplicates();
    for (Question question : Questions.all()) {
      assertThat(Questions.named(question.name().toUpperCase(java.util.Locale.ROOT)))
          .isSameAs(question);
      assertThat(question.title()).isNotBlank();
      assertThat(question.rule()).isNotBlank();
      assertThat(question.budget()).isBetween(100, 400);
      List<String> keys = question.columns().stream().map(Column::key).toList();
      assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z][a-z0-9_]*"));
    }
  }

  private static Event.Builder event(String key, String type) {
    return Event.builder(
        EventIds.ofKey(key),
        java.time.Instant.parse("2026-01-01T00:00:00Z"),
        type,
        Category.EXECUTION);
  }

  private static void keep(EventStore store, Event event) {
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event);
    store.append(new Append(batch));
  }
}
