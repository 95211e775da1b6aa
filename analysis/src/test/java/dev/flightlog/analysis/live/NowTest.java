package dev.flightlog.analysis.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NowTest {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private final Answerer answerer =
      new Answerer(store, TokenEstimate.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
  private String session = "s";
  private boolean ofFile;
  private int number;

  private Event.Builder event(String type, Duration ago) {
    Category category = EventTypes.categoryOf(type);
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("now:" + number++),
                NOW.minus(ago),
                type,
                category == null ? Category.EXECUTION : category)
            .set(Field.SESSION_ID, session)
            .set(Field.AGENT_NAME, "claude");
    return ofFile ? event.set(Field.SOURCE, "{\"file\":\"/t/s.jsonl\"}") : event;
  }

  private void add(Event.Builder event) {
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event.build());
    store.append(new Append(batch));
  }

  private void call(String tool, Duration ago, @Nullable Duration took) {
    Event.Builder call = event(EventTypes.TOOL_CALL, ago).details(Map.of("tool", tool));
    add(
        took == null
            ? call
            : call.set(Field.SUCCESS, true).set(Field.DURATION_MS, took.toMillis()));
  }

  private void said(String type, Duration ago, String... details) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (int i = 0; i < details.length; i += 2) {
      all.put(details[i], details[i + 1]);
    }
    add(event(type, ago).details(all));
  }

  private Answer ask() {
    return answerer.ask(QuestionCall.of("now").maxTokens(10_000));
  }

  private static @Nullable Object cell(Answer answer, int row, String key) {
    List<? extends Column<?>> columns = answer.question().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).key().equals(key)) {
        return answer.value(row, i);
      }
    }
    throw new IllegalArgumentException(key);
  }

  /** State, reason, tool, certainty and seconds since then of the only session. */
  private String standing() {
    Answer answer = ask();
    assertThat(answer.rowCount()).isEqualTo(1);
    long since = Timestamps.parse(String.valueOf(cell(answer, 0, "since")));
    return cell(answer, 0, "state")
        + "; "
        + cell(answer, 0, "reason")
        + "; "
        + cell(answer, 0, "tool")
        + "; "
        + cell(answer, 0, "certain")
        + "; "
        + (Timestamps.of(NOW) - since) / 1_000_000;
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void aPersonWhoWasAskedIsWaitedForUntilTheAnswer() {
    said(EventTypes.USER_PROMPT, seconds(300));
    call("Bash", seconds(200), null);
    said(
        EventTypes.HUMAN_CLARIFICATION_NEEDED,
        seconds(199),
        "reason",
        "permission",
        "tool",
        "Bash");
    assertThat(standing()).isEqualTo("waiting; asks for consent; Bash; yes; 199");
    call("Bash", seconds(200), seconds(150));
    assertThat(standing()).startsWith("working");
  }

  @Test
  void whatAnotherAgentDoesMeanwhileAnswersNothing() {
    said(
        EventTypes.HUMAN_CLARIFICATION_NEEDED, seconds(90), "reason", "permission", "tool", "Bash");
    add(event(EventTypes.MODEL_CALL, seconds(5)).set(Field.AGENT_NAME, "explorer"));
    assertThat(standing()).isEqualTo("waiting; asks for consent; Bash; yes; 90");
    add(event(EventTypes.MODEL_CALL, seconds(4)));
    assertThat(standing()).startsWith("working");
  }

  @Test
  void anAnswerThatIsToldEndsTheWaiting() {
    said(
        EventTypes.HUMAN_CLARIFICATION_NEEDED,
        seconds(90),
        "reason",
        "permission",
        "answer",
        "accept");
    assertThat(standing()).startsWith("working");
  }

  @Test
  void aToolThatOnlyAsksIsWaitingAlsoInATranscript() {
    ofFile = true;
    said(EventTypes.USER_PROMPT, seconds(4000));
    call("AskUserQuestion", seconds(3900), null);
    assertThat(standing()).isEqualTo("waiting; asks a question; AskUserQuestion; yes; 3900");
  }

  @Test
  void aTranscriptAloneDoesNotTellACallThatRunsFromOneThatAsks() {
    ofFile = true;
    call("Edit", seconds(45), null);
    assertThat(standing()).isEqualTo("waiting; seems to ask for consent; Edit; no; 45");
    session = "t";
    call("Bash", seconds(45), null);
    assertThat(cell(ask(), 1, "state")).isEqualTo("working");
    assertThat(cell(ask(), 1, "certain")).isEqualTo("no");
  }

  @Test
  void aCallThatRunsIsWorkHoweverLongWhereWaitingWouldBeTold() {
    call("Bash", seconds(7200), null);
    assertThat(standing()).isEqualTo("working; in a call; Bash; yes; 7200");
  }

  @Test
  void aCallInTheBackgroundDoesNotHoldUpItsAgent() {
    call("Bash", seconds(600), null);
    said(EventTypes.MODEL_CALL, seconds(590), "stop_reason", "end_turn");
    assertThat(standing()).isEqualTo("idle; its turn is over; null; yes; 590");
  }

  @Test
  void aTurnThatIsOverIsIdleAndAPromptBeginsTheNext() {
    said("turn_duration", seconds(500));
    assertThat(standing()).isEqualTo("idle; its turn is over; null; yes; 500");
    said(EventTypes.HUMAN_CLARIFICATION_NEEDED, seconds(440), "reason", "idle_prompt");
    assertThat(standing()).isEqualTo("idle; waits for your next prompt; null; yes; 440");
    said(EventTypes.USER_PROMPT, seconds(20));
    assertThat(standing()).startsWith("working; between two steps");
  }

  @Test
  void whoWasNotHeardOfInTheMiddleOfATurnEndedUnclean() {
    ofFile = true;
    said(EventTypes.USER_PROMPT, seconds(7300));
    call("Bash", seconds(7200), seconds(3));
    assertThat(standing()).isEqualTo("ended_unclean; stopped in the middle; null; no; 7197");
    call("Bash", seconds(7100), null);
    assertThat(standing()).isEqualTo("ended_unclean; last heard of in a call; Bash; no; 7100");
  }

  @Test
  void anErrorThatNothingFollowsWaitsForAPerson() {
    said(EventTypes.ERROR, seconds(120), "error_type", "rate_limit");
    assertThat(standing()).isEqualTo("waiting; stopped by an error: rate limit; null; no; 120");
  }

  @Test
  void hooksTellHowATurnEndsAndWhoIsAsked() {
    said("session_start", seconds(900));
    assertThat(standing()).isEqualTo("idle; has begun, and waits for a prompt; null; yes; 900");
    said(EventTypes.USER_PROMPT, seconds(800));
    said("notification", seconds(700), "notification_type", "permission_prompt");
    assertThat(standing()).isEqualTo("waiting; asks for consent; null; yes; 700");
    call("Bash", seconds(650), seconds(20));
    assertThat(standing()).startsWith("working");
    said("stop", seconds(600));
    assertThat(standing()).isEqualTo("idle; its turn is over; null; yes; 600");
    said(EventTypes.USER_PROMPT, seconds(500));
    said("stop_failure", seconds(400), "error", "rate_limit");
    assertThat(standing()).isEqualTo("waiting; stopped by an error: rate limit; null; yes; 400");
  }

  @Test
  void whoSaidThatItEndsIsCountedAndNotListed() {
    said(EventTypes.USER_PROMPT, seconds(100));
    said("session_ended", seconds(50));
    Answer answer = ask();
    assertThat(answer.rowCount()).isZero();
    assertThat(answer.window()).containsEntry("ended", 1L);
  }

  @Test
  void theBoardBeginsWithWhoWaitsLongestAndHoldsADay() {
    session = "old";
    said(EventTypes.USER_PROMPT, Duration.ofDays(2));
    session = "works";
    said(EventTypes.USER_PROMPT, seconds(10));
    session = "waits";
    said(EventTypes.HUMAN_CLARIFICATION_NEEDED, seconds(30), "reason", "question");
    session = "waits longer";
    said(EventTypes.HUMAN_CLARIFICATION_NEEDED, seconds(300), "reason", "question");
    Answer answer = ask();
    assertThat(List.of(0, 1, 2).stream().map(row -> cell(answer, row, "session")))
        .containsExactly("waits longer", "waits", "works");
    assertThat(answer.rowCount()).isEqualTo(3);
    assertThat(answer.text()).startsWith("Now: 2 waiting for you, 1 working, 0 idle");
  }

  @Test
  void whatFlightlogItselfLearntIsNobodysSession() {
    add(event("rule_proposed", seconds(5)).set(Field.AGENT_NAME, "flightlog"));
    assertThat(ask().rowCount()).isZero();
  }

  @Test
  void aSessionThatToldItsEndIsEndedInTheListOfSessionsToo() {
    said(EventTypes.USER_PROMPT, seconds(60));
    said("session_ended", seconds(50), "reason", "other");
    assertThat(ask().rowCount()).isZero();
    assertThat(cell(answerer.ask(QuestionCall.of("sessions").maxTokens(10_000)), 0, "state"))
        .isEqualTo("ended");
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private String listed() {
    Answer answer = answerer.ask(QuestionCall.of("sessions").maxTokens(10_000));
    assertThat(answer.rowCount()).isEqualTo(1);
    return cell(answer, 0, "state") + "; " + cell(answer, 0, "certain");
  }

  @Test
  void whatAReaderAddsToATranscriptDoesNotMakeItLive() {
    said("session_started", days(100));
    ofFile = true;
    said(EventTypes.USER_PROMPT, days(100).minusMinutes(1));
    call("Bash", days(100).minusMinutes(2), null);
    assertThat(listed()).isEqualTo("ended_unclean; no");
  }

  @Test
  void aCallThatWasToldLiveGoesOnForADayAndNotForAHundred() {
    call("Bash", Duration.ofHours(20), null);
    assertThat(listed()).isEqualTo("working; yes");
    session = "old";
    store.forget(Filter.is(Field.SESSION_ID, "s"));
    call("Bash", days(2), null);
    assertThat(listed()).isEqualTo("ended_unclean; no");
  }

  @Test
  void aPersonIsWaitedForForAWeekAndNotForAHundredDays() {
    said(EventTypes.HUMAN_CLARIFICATION_NEEDED, days(6), "reason", "permission");
    assertThat(listed()).isEqualTo("waiting; yes");
    session = "old";
    store.forget(Filter.is(Field.SESSION_ID, "s"));
    said(EventTypes.HUMAN_CLARIFICATION_NEEDED, days(8), "reason", "permission");
    assertThat(listed()).isEqualTo("ended_unclean; no");
  }

  @Test
  void wordsAtTheEndOfATranscriptAreNoUncleanEnd() {
    ofFile = true;
    said("agent_message", days(3), "text", "Done.");
    add(event(EventTypes.MODEL_CALL, days(3)));
    assertThat(listed()).isEqualTo("idle; no");
  }

  @Test
  void whatAProgramCountsHidesNotHowItsSessionStands() {
    said("stop", days(3));
    for (int i = 0; i < 60; i++) {
      said("metric", days(3).minusMinutes(1));
    }
    assertThat(listed()).isEqualTo("idle; yes");
  }

  @Test
  void whoLeavesByACommandEndsTheSession() {
    ofFile = true;
    call("Bash", days(2), seconds(1));
    said("slash_command", days(1), "command", "/exit");
    assertThat(listed()).isEqualTo("ended; yes");
  }

  @Test
  void whatFlightlogLearntIsNoSessionAndNoNewestWeek() {
    call("Bash", days(30), seconds(1));
    session = "learning";
    add(event("pattern_detected", days(1)).set(Field.AGENT_NAME, Events.OURSELVES));
    assertThat(listed()).startsWith("ended_unclean");
    Answer trends = answerer.ask(QuestionCall.of("trends").maxTokens(10_000));
    assertThat(trends.rowCount()).isEqualTo(1);
    assertThat(trends.text()).contains("newest 30 days ago");
  }
}
