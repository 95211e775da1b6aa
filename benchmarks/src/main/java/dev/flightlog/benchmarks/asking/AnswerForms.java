package dev.flightlog.benchmarks.asking;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.benchmarks.generated.Transcripts;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.Index;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenCounter;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What the forms of an answer cost in tokens of {@code o200k_base}: the text; its cells as a table
 * of TOON (a line of heads, then values between commas); all columns as such a table; all columns
 * as JSON. And the journal lines of the events that it is about: all of the scope, or of the
 * session.
 */
public final class AnswerForms implements Benchmark {
  private static final String CELLS = "TOON, cells of the text";
  private static final String TOON = "TOON, all columns";
  private static final String JSON = "JSON, all columns";
  private static final String TEXT = "text";
  private static final String SUM = "all questions";

  @Override
  public String name() {
    return "answer-forms";
  }

  @Override
  public String title() {
    return "tokens of an answer as text, as TOON, as JSON; and of the lines it rests on";
  }

  @Override
  public Report run(Settings settings) throws IOException {
    int megabytes = settings.number("megabytes", 2, 2);
    Path data = Transcripts.ofSize(megabytes * 1_000_000L, settings.root(), settings.work());
    Path home = settings.emptyFolder("answer-forms");
    Index.fill(home, List.of(data));
    Measurements found = new Measurements();
    double worst = 100;
    long[] sums = new long[4];
    try (EventStore store = SqliteStore.openForReading(Index.in(home))) {
      Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
      for (Question question : Questions.all()) {
        QuestionCall call = call(question, store);
        Answer answer = answerer.ask(call);
        if (answer.rowCount() == 0) {
          continue;
        }
        long[] tokens = {
          count(answer.text()), count(cells(answer)), count(toon(answer)), count(rows(answer))
        };
        String[] forms = {TEXT, CELLS, TOON, JSON};
        for (int i = 0; i < forms.length; i++) {
          found.add(forms[i], question.name(), tokens[i]);
          sums[i] += tokens[i];
        }
        long lines = lines(question, call, store);
        found.add("lines it rests on", question.name(), lines);
        worst = Math.min(worst, 100 * (1 - tokens[0] / (double) lines));
      }
    }
    String[] forms = {TEXT, CELLS, TOON, JSON};
    for (int i = 0; i < forms.length; i++) {
      found.add(forms[i], SUM, sums[i]);
    }
    found.add(TEXT, "least saved %", worst);
    return new Report(found)
        .setting("megabytes", megabytes)
        .verdict(Verdict.atMost("text, held against TOON", 1, found, TEXT, TOON, SUM))
        .verdict(Verdict.atMost("text, its cells as TOON", 1.1, found, TEXT, CELLS, SUM))
        .verdict(Verdict.atMost("text, held against JSON", 1, found, TEXT, JSON, SUM))
        .verdict(Verdict.floor("fewer than the raw lines", 95, found, TEXT, "least saved %"));
  }

  /** Asks with the question's own budget; of sessions the one with the newest event. */
  private static QuestionCall call(Question question, EventStore store) {
    if (question.arguments().isEmpty() || !question.arguments().getFirst().required()) {
      return QuestionCall.of(question.name());
    }
    ReadRequest newest = ReadRequest.newestFirst(Filter.is(Field.EVENT_TYPE, "tool_call")).limit(1);
    Event event = store.read(newest).finish(newest).getFirst();
    String session = String.valueOf(event.text(Field.SESSION_ID));
    return switch (question.name()) {
      case "session", "failure" -> QuestionCall.of(question.name(), session);
      case "compare" -> {
        String story = String.valueOf(event.text(Field.STORY_ID));
        yield QuestionCall.of("compare", story, story);
      }
      default ->
          QuestionCall.of(
              question.name(),
              question.arguments().stream().map(Argument::example).toArray(String[]::new));
    };
  }

  private static long count(String text) {
    return TokenCounter.o200k().count(text);
  }

  /** Two or more blanks stand between cells; the rest of the text as it is. */
  private static String cells(Answer answer) {
    StringBuilder out = new StringBuilder();
    for (String line : answer.text().split("\n", -1)) {
      out.append(line.strip().replaceAll(" {2,}", ",")).append('\n');
    }
    return out.toString();
  }

  private static String toon(Answer answer) {
    List<? extends Column<?>> columns = answer.question().columns();
    StringBuilder out = new StringBuilder("rows[").append(answer.rowCount()).append("]{");
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(columns.get(i).key());
    }
    out.append("}:\n");
    for (int row = 0; row < answer.rowCount(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        Object value = answer.value(row, i);
        String text = value == null ? "null" : value.toString();
        boolean quoted = text.isEmpty() || text.matches("(?s).*[,:\"\\\\{}\\[\\]\\n].*");
        JsonWriter json = new JsonWriter();
        out.append(i == 0 ? "  " : ",").append(quoted ? json.string(text).toString() : text);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String rows(Answer answer) {
    String json = answer.json();
    return json.substring(json.indexOf("\"rows\":"), json.lastIndexOf(",\"omitted\""));
  }

  private static long lines(Question question, QuestionCall call, EventStore store) {
    boolean session = question.name().equals("session") || question.name().equals("failure");
    Filter of =
        session ? Filter.is(Field.SESSION_ID, call.arguments().getFirst()) : Filter.EVERYTHING;
    ReadRequest request = ReadRequest.oldestFirst(of);
    long tokens = 0;
    for (Event event : store.read(request).finish(request)) {
      JsonWriter line = new JsonWriter(1024);
      EventLine.encode(event, line);
      tokens += count(line.toString());
    }
    return tokens;
  }
}
