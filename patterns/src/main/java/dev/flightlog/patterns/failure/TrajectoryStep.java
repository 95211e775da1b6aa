package dev.flightlog.patterns.failure;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one agent did at one place of a run: what it said, and what it had done by tools. */
final class TrajectoryStep {
  /** Outputs that say that nothing was found. */
  private static final Set<String> EMPTY = Set.of("", "none", "null", "[]", "{}", "0", "nan");

  /**
   * A tool call of the step.
   *
   * @param answeredAt the place at which its result could be read
   * @param success null when it is not known
   */
  record Call(
      @Nullable String tool,
      String input,
      String output,
      @Nullable Boolean success,
      @Nullable String errorType,
      long answeredAt) {

    boolean failed() {
      return Boolean.FALSE.equals(success);
    }

    /**
     * It worked, and gave nothing, though another was to read it; that a command is silent in its
     * own step says nothing.
     */
    boolean empty(long step) {
      String plain = output.strip();
      return Boolean.TRUE.equals(success)
          && answeredAt != step
          && plain.length() <= 4
          && EMPTY.contains(plain.toLowerCase(Locale.ROOT));
    }
  }

  private final long number;
  private final List<Call> calls = new ArrayList<>();
  private String said = "";
  private @Nullable String agent;
  private @Nullable Set<String> saidValues;
  private final Map<Call, Set<String>> outputValues = new IdentityHashMap<>();

  TrajectoryStep(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  /** Who acted; null when the record does not tell. */
  @Nullable String agent() {
    return agent;
  }

  String said() {
    return said;
  }

  List<Call> calls() {
    return calls;
  }

  /** The values of what was said. */
  Set<String> values() {
    Set<String> known = saidValues;
    if (known == null) {
      known = MentionedValues.of(said);
      saidValues = known;
    }
    return known;
  }

  /** The values of what a call of this step gave. */
  Set<String> values(Call call) {
    Set<String> known = outputValues.get(call);
    if (known == null) {
      known = MentionedValues.of(call.output());
      outputValues.put(call, known);
    }
    return known;
  }

  /** True when it says something beyond a closing word. */
  boolean isSubstantial() {
    String plain = said.strip();
    return !calls.isEmpty() || plain.length() >= 15;
  }

  /** True when the agent did more than speak, or wrote code for others to run. */
  boolean acts() {
    return !calls.isEmpty() || said.contains("```");
  }

  void says(@Nullable String who, String text) {
    agent = agent == null ? who : agent;
    saidValues = null;
    said = said.isEmpty() ? text : said + "\n" + text;
  }

  void calls(@Nullable String who, Call call) {
    agent = agent == null ? who : agent;
    calls.add(call);
  }
}
