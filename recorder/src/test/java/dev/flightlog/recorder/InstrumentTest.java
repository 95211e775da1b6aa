package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent behind a proxy does what it did, and its executions are in the journal. */
@SuppressWarnings({"try", "NullAway"})
class InstrumentTest {
  @TempDir Path home;
  private FlightRecorder recorder;

  @BeforeEach
  void open() {
    recorder =
        FlightRecorder.open(RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1)));
  }

  @AfterEach
  void close() {
    recorder.close();
  }

  record State(String topic, List<String> facts) {}

  interface Researcher {
    @LogAgentExecution("research_agent")
    State research(State state) throws IOException;

    String name();
  }

  private final class WebResearcher implements Researcher {
    @Override
    public State research(State state) throws IOException {
      recorder.toolCall("Search").log();
      if (state.topic().isEmpty()) {
        throw new IOException("no topic");
      }
      return new State(state.topic(), List.of("found"));
    }

    @Override
    public String name() {
      return "web";
    }

    @Override
    public String toString() {
      return "WebResearcher";
    }
  }

  private List<JsonNode> events() {
    assertThat(recorder.flush()).isTrue();
    return Lines.of(home);
  }

  private List<String> types() {
    return events().stream()
        .map(e -> e.path("agent_name").asText("-") + ":" + e.get("event_type").asText())
        .toList();
  }

  @Test
  void startContextDurationAndEndAreRecordedAndWhatIsLoggedMeanwhileIsTheAgents() throws Exception {
    Researcher researcher = recorder.instrument(Researcher.class, new WebResearcher());
    try (var scope = recorder.scope().workflow("workflow_123").open()) {
      assertThat(researcher.research(new State("bees", List.of("a", "bc"))))
          .isEqualTo(new State("bees", List.of("found")));
    }
    recorder.toolCall("Read").log();
    assertThat(types())
        .containsExactly(
            "research_agent:agent_started",
            "research_agent:tool_call",
            "research_agent:agent_finished",
            "-:tool_call");
    assertThat(events().subList(0, 3))
        .allMatch(e -> e.get("workflow_id").asText().equals("workflow_123"));
    assertThat(events().get(0).at("/details/context_size").asLong()).isEqualTo(7);
    assertThat(events().get(2).get("success").asBoolean()).isTrue();
    assertThat(events().get(2).get("duration_ms").asLong()).isNotNegative();
  }

  @Test
  void anErrorComesOutAsItIsAndIsRecordedWithItsStack() {
    Researcher researcher = recorder.instrument(Researcher.class, new WebResearcher());
    assertThatThrownBy(() -> researcher.research(new State("", List.of())))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no topic")
        .hasNoCause();
    assertThat(types())
        .containsExactly(
            "research_agent:agent_started",
            "research_agent:tool_call",
            "research_agent:error",
            "research_agent:agent_finished");
    assertThat(events().get(2).at("/details/stack").asText()).contains("WebResearcher.research");
    assertThat(events().get(3).get("success").asBoolean()).isFalse();
    assertThat(events().get(3).at("/details/error_type").asText()).isEqualTo("java.io.IOException");
  }

  @Test
  void methodsWithoutTheAnnotationAndThoseOfEveryObjectAreNotRecorded() {
    WebResearcher agent = new WebResearcher();
    Researcher first = recorder.instrument(Researcher.class, agent);
    Researcher second = recorder.instrument(Researcher.class, agent);
    assertThat(first.name()).isEqualTo("web");
    assertThat(first).hasToString("WebResearcher").isEqualTo(second).isNotEqualTo("web");
    assertThat(first.hashCode()).isEqualTo(agent.hashCode());
    assertThat(first.equals(null)).isFalse();
    assertThat(recorder.instrument(Researcher.class, first)).isSameAs(first);
    assertThat(events()).isEmpty();
  }

  interface Planner {
    String plan(String goal);
  }

  @Test
  void anAgentThatCallsAnotherHandsOver() {
    Planner researcher = recorder.instrument(Planner.class, new Annotated());
    Planner planner = recorder.instrument(Planner.class, goal -> researcher.plan(goal + "!"));
    assertThat(planner.plan("go")).isEqualTo("done go!");
    assertThat(types())
        .containsExactly(
            "planner:agent_started",
            "planner:agent_transition",
            "research_agent:agent_started",
            "research_agent:agent_finished",
            "planner:agent_finished");
    assertThat(events().get(1).get("details").toString())
        .isEqualTo("{\"from_agent\":\"planner\",\"to_agent\":\"research_agent\",\"state_size\":3}");
  }

  private static final class Annotated implements Planner {
    @Override
    @LogAgentExecution("research_agent")
    public String plan(String goal) {
      return "done " + goal;
    }
  }

  @Test
  void anErrorThatPassesThroughSeveralAgentsIsOneErrorEvent() {
    Planner inner =
        recorder.instrument(
            Planner.class,
            goal -> {
              throw new IllegalStateException(goal);
            });
    Planner outer = recorder.instrument(Planner.class, inner::plan);
    assertThatThrownBy(() -> outer.plan("x")).isExactlyInstanceOf(IllegalStateException.class);
    assertThat(types().stream().filter(t -> t.endsWith(":error"))).hasSize(1);
    assertThat(types().stream().filter(t -> t.endsWith(":agent_finished"))).hasSize(2);
  }

  interface Generic<I, O extends Comparable<O>> extends Function<I, O> {
    default O twice(I input) {
      O first = apply(input);
      O second = apply(input);
      return first.compareTo(second) == 0 ? first : second;
    }

    static <I, O extends Comparable<O>> Generic<I, O> of(Generic<I, O> agent) {
      return agent;
    }

    int sum(int first, long... more);
  }

  @LogAgentExecution
  private static final class UpperCaser implements Generic<String, String> {
    @Override
    public String apply(String input) {
      return input.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public int sum(int first, long... more) {
      return first + (int) java.util.Arrays.stream(more).sum();
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void genericDefaultVariadicAndInheritedMethodsWork() {
    Generic<String, String> agent = recorder.instrument(Generic.class, new UpperCaser());
    assertThat(agent.twice("ab")).isEqualTo("AB");
    assertThat(agent.sum(1, 2, 3)).isEqualTo(6);
    assertThat(agent.andThen(String::length).apply("abc")).isEqualTo(3);
    assertThat(types())
        .contains("upper_caser:agent_started")
        .doesNotContain("generic:agent_started");
  }

  @Test
  void whereNothingIsRecordedTheAgentStaysAsItIs() {
    Planner agent = goal -> goal;
    assertThat(FlightRecorder.none().instrument(Planner.class, agent)).isSameAs(agent);
  }

  static class Plain {}

  static final class Closed {}

  sealed interface Sealed permits Only {}

  record Only() implements Sealed {}

  @Test
  void aTypeThatCannotBeRecordedIsOneClearError() {
    assertThatThrownBy(() -> recorder.instrument(Plain.class, new Plain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the calls of dev.flightlog.recorder.InstrumentTest$Plain cannot be recorded, it is a"
                + " class: name an interface that the agent implements");
    assertThatThrownBy(() -> recorder.instrument(Closed.class, new Closed()))
        .hasMessageContaining("it is a final class: name an interface");
    assertThatThrownBy(() -> recorder.instrument(Sealed.class, new Only()))
        .hasMessageContaining("it is a sealed interface: remove 'sealed'");
    assertThatThrownBy(() -> recorder.instrument(Deprecated.class, null))
        .hasMessageContaining("agent");
    assertThatThrownBy(() -> recorder.instrument(Planner.class, null)).hasMessage("agent");
  }

  interface Quiet {
    void work(Object input);
  }

  @Test
  void whatTheAgentThrowsIsNotWrappedEvenWhereItIsNotDeclared() {
    IOException hidden = new IOException("not declared");
    Quiet quiet =
        recorder.instrument(Quiet.class, input -> InstrumentTest.<RuntimeException>sneaky(hidden));
    assertThatThrownBy(() -> quiet.work("")).isSameAs(hidden);
    assertThat(events().get(1).at("/details/error_type").asText()).isEqualTo("java.io.IOException");
  }

  @Test
  void ofAnInterfaceThatIsClosedToUsTheJavaProxyWrapsWhatIsNotDeclared() {
    IOException hidden = new IOException("not declared");
    Runnable plain = () -> InstrumentTest.<RuntimeException>sneaky(hidden);
    Runnable agent = recorder.instrument(Runnable.class, plain);
    Runnable same = recorder.instrument(Runnable.class, plain);
    assertThatThrownBy(agent::run)
        .isInstanceOf(UndeclaredThrowableException.class)
        .cause()
        .isSameAs(hidden);
    assertThat(agent).isEqualTo(same).isNotEqualTo("other");
    assertThat(recorder.instrument(Runnable.class, agent)).isSameAs(agent);
  }

  interface EveryKind {
    double all(
        boolean a, byte b, char c, short d, int e, long f, float g, double h, String i, int[] j);

    long wide(long a, double b);

    float single(float a);

    char letter();

    String toString();

    boolean equals(Object other);
  }

  @Test
  void argumentsAndResultsOfEveryKindGoThrough() {
    EveryKind agent =
        recorder.instrument(
            EveryKind.class,
            new EveryKind() {
              @Override
              public double all(
                  boolean a,
                  byte b,
                  char c,
                  short d,
                  int e,
                  long f,
                  float g,
                  double h,
                  String i,
                  int[] j) {
                return (a ? 1 : 0) + b + c + d + e + f + g + h + i.length() + j[0];
              }

              @Override
              public long wide(long a, double b) {
                return a + (long) b;
              }

              @Override
              public float single(float a) {
                return a / 2;
              }

              @Override
              public char letter() {
                return 'x';
              }
            });
    assertThat(
            agent.all(true, (byte) 2, (char) 3, (short) 4, 5, 6L, 7f, 8d, "nine", new int[] {10}))
        .isEqualTo(50);
    assertThat(agent.wide(1L << 40, 2)).isEqualTo((1L << 40) + 2);
    assertThat(agent.single(3f)).isEqualTo(1.5f);
    assertThat(agent.letter()).isEqualTo('x');
    assertThat(agent.toString()).contains("InstrumentTest");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneaky(Throwable error) throws E {
    throw (E) error;
  }

  @Test
  void anArgumentThatThrowsWhenLookedAtIsGivenToTheAgentAllTheSame() {
    List<Object> odd =
        new java.util.AbstractList<>() {
          @Override
          public Object get(int index) {
            throw new AssertionError();
          }

          @Override
          public int size() {
            return 1;
          }
        };
    Object[] given = new Object[1];
    recorder.instrument(Quiet.class, input -> given[0] = input).work(odd);
    assertThat(given[0]).isSameAs(odd);
    assertThat(types()).containsExactly("quiet:agent_started", "quiet:agent_finished");
    assertThat(events().get(0).at("/details/context_size").isMissingNode()).isTrue();
  }

  @Test
  void theContextCountsTextsNumbersAndWhatContainersHold() {
    Quiet quiet = recorder.instrument(Quiet.class, input -> {});
    quiet.work(Map.of("key", List.of(1, true, new byte[10], new int[2])));
    quiet.work(new Object());
    quiet.work(null);
    assertThat(
            events().stream()
                .map(e -> e.at("/details/context_size"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asInt))
        .containsExactly(3 + 8 + 8 + 10 + 16, 0, 0);
  }
}
