package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the host's objects throw, nothing of it comes back to the host. */
@SuppressWarnings("NullAway") // what nobody may return is returned here
class HostCodeTest {
  @TempDir Path home;

  private static final class OwnError extends Error {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static List<Throwable> thrown() {
    return List.of(
        new IllegalStateException("x"),
        new AssertionError("x"),
        new OwnError(),
        new OutOfMemoryError("x"),
        new StackOverflowError(),
        new NoClassDefFoundError("x"),
        new InternalError("x"),
        new IOException("x"),
        new InterruptedException("x"),
        new Throwable("x"));
  }

  private static Object throwing(Throwable e) {
    return new Object() {
      @Override
      public String toString() {
        HostCodeTest.<RuntimeException>sneaky(e);
        return "";
      }

      @Override
      public int hashCode() {
        return 1;
      }

      @Override
      public boolean equals(Object other) {
        return this == other;
      }
    };
  }

  private static final class Odd extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Throwable thrown;

    Odd(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public String getMessage() {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return "";
    }

    @Override
    public synchronized Throwable getCause() {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return this;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return new StackTraceElement[0];
    }
  }

  private static final class Silent extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      return null;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return null;
    }
  }

  private static final class OddMap extends AbstractMap<String, Object> {
    private final Throwable thrown;

    OddMap(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return Set.of();
    }
  }

  private static final class OddList extends AbstractList<Object> {
    private final Throwable thrown;

    OddList(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public Object get(int index) {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return "";
    }

    @Override
    public int size() {
      return 3;
    }
  }

  private static final class OddNumber extends Number {
    private static final long serialVersionUID = 1L;
    private final transient Throwable thrown;

    OddNumber(Throwable thrown) {
      this.thrown = thrown;
    }

    private <T> T fail() {
      HostCodeTest.<RuntimeException>sneaky(thrown);
      return null;
    }

    @Override
    public int intValue() {
      return this.<Integer>fail();
    }

    @Override
    public long longValue() {
      return this.<Long>fail();
    }

    @Override
    public float floatValue() {
      return this.<Float>fail();
    }

    @Override
    public double doubleValue() {
      return this.<Double>fail();
    }

    @Override
    public String toString() {
      return fail();
    }
  }

  @Test
  void nothingThatAnObjectOfTheHostThrowsComesBackAndTheEventIsKept() throws Exception {
    int events = 0;
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home))) {
      for (Throwable e : thrown()) {
        Object odd = throwing(e);
        Map<Object, Object> byKey = new LinkedHashMap<>();
        byKey.put(odd, "v");
        byKey.put("kept", "kept");
        for (Consumer<EventBuilder> use :
            List.<Consumer<EventBuilder>>of(
                b -> b.detail("o", odd),
                b -> b.detail("o", (Object) Map.of("k", List.of(odd))),
                b -> b.detail("o", (Object) new Object[] {1, odd}),
                b -> b.detail("o", (Object) byKey),
                b -> b.details(byKey),
                b -> b.details(new OddMap(e)),
                b -> b.detail("o", new OddMap(e)),
                b -> b.detail("o", new OddList(e)),
                b -> b.detail("o", new OddNumber(e)),
                b -> b.input(odd).output(odd),
                b -> b.failed(new Odd(e)),
                b -> b.set(Field.TOKENS_USED, new OddNumber(e)),
                b -> b.set(Field.AGENT_NAME, odd),
                b -> b.set(Field.DETAILS, new OddMap(e)))) {
          EventBuilder event = recorder.event("odd", Category.EXECUTION);
          use.accept(event);
          assertThat(event.detail("last", events).log()).isEqualTo(Durability.WRITTEN);
          assertThat(Thread.interrupted()).isEqualTo(e instanceof InterruptedException);
          events++;
        }
        assertThat(recorder.error(new Odd(e))).isEqualTo(Durability.WRITTEN);
        assertThat(recorder.error(new Odd(e), new OddMap(e))).isEqualTo(Durability.WRITTEN);
        assertThat(Thread.interrupted()).isEqualTo(e instanceof InterruptedException);
      }
      assertThat(recorder.error(new Silent())).isEqualTo(Durability.WRITTEN);
      assertThat(recorder.stats().dropped()).isZero();
    }
    assertThat(Lines.of(home)).hasSize(events + 2 * thrown().size() + 1);
    assertThat(Lines.of(home).stream().filter(l -> l.get("details").has("last"))).hasSize(events);
    // A key that cannot tell its name costs itself, not the others of its map.
    assertThat(Lines.of(home).stream().filter(l -> l.toString().contains("\"kept\":\"kept\"")))
        .hasSize(2 * thrown().size());
  }

  @Test
  void anObjectThatRecordsWhileItIsRecordedSpoilsNeither() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home))) {
      EventBuilder event = recorder.event("outer", Category.EXECUTION);
      Object busy =
          new Object() {
            @Override
            public String toString() {
              event.detail("within", 1).log();
              recorder.event("inner", Category.EXECUTION).log();
              return "busy";
            }
          };
      assertThat(event.detail("o", busy).log()).isEqualTo(Durability.WRITTEN);
      assertThat(recorder.stats().misused()).isEqualTo(2);
    }
    assertThat(Lines.of(home)).extracting(l -> l.get("event_type").asText()).contains("inner");
    assertThat(Lines.of(home)).anyMatch(l -> l.at("/details/o").asText().equals("busy"));
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  void nullArgumentsAreLeftOut() throws Exception {
    try (FlightRecorder r = FlightRecorder.open(RecorderConfig.at(home))) {
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> r.event(null, null).log(),
              () -> r.toolCall(null).log(null),
              () -> r.modelCall(null).model(null).log(),
              () -> r.agentStarted(null).log(),
              () -> r.agentFinished(null).log(),
              () -> r.decision(null, null).log(),
              () -> r.learning(null).log(),
              () -> r.userPrompt(null).log(),
              () -> r.taskRequest(null, null).log(),
              () -> r.evaluation(null, null, Double.NaN).log(),
              () -> r.assigned(null, null).log(),
              () -> r.unassigned(null, null).log(),
              () -> r.outcome(null, null, true).log(),
              () -> r.transition(null, null, 0, null),
              () -> r.clarificationNeeded(null, null, null),
              () -> r.error(null),
              () -> r.error(null, null),
              () -> r.errorEvent(null).failed(null).failed(null, null).log(),
              () -> r.log((Event) null),
              () -> r.runAgent(null, null),
              () -> r.scope().session(null).story(null).workflow(null).agent(null).call(null),
              () -> r.scope().wrap((Callable<?>) null).call(),
              () -> r.scope().wrapSupplier((Supplier<?>) null).get(),
              () -> r.event("x", null).detail(null, "v").detail(null, 1).detail(null, true).log(),
              () -> r.event("x", null).detail(null, (Object) "v").detail(null, 0.5).log(),
              () -> r.event("x", null).details(null).input(null).output(null).id(null).log(),
              () -> r.event("x", null).set(null, "v").set(Field.STEP, null).at(null).log(),
              () -> r.event("x", null).duration(null).timeSaved(null).duration(max()).log(),
              () -> r.event("x", null).at(Instant.MAX).at(Instant.MIN).log(),
              () -> r.event("x", null).set(Field.TOKENS_USED, BigInteger.TEN.pow(30)).log(),
              () -> r.flush(max()),
              () -> r.flush(null))) {
        assertThatCode(call::call).doesNotThrowAnyException();
      }
      r.scope().run(null);
      r.scope().wrap((Runnable) null).run();
    }
    for (JsonNode line : Lines.of(home)) {
      assertThat(line.at("/tokens_used").isMissingNode()).isTrue();
    }
    assertThat(Lines.of(home)).anyMatch(l -> l.at("/details/tokens_used").asText().length() == 31);
  }

  private static Duration max() {
    return Duration.ofSeconds(Long.MAX_VALUE);
  }

  @Test
  void longKeysAndManyKeysAreBoundedAndTheRestOfTheEventIsKept() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home))) {
      EventBuilder many = recorder.event("many", Category.EXECUTION);
      for (int i = 0; i < 100_000; i++) {
        many.detail("k" + i, i);
      }
      assertThat(many.log()).isEqualTo(Durability.WRITTEN);
      String key = "k".repeat(500_000);
      Object nested = Map.of(key, 1);
      assertThat(recorder.event("long", null).detail(key, 1).detail("n", nested).log())
          .isEqualTo(Durability.WRITTEN);
      assertThat(recorder.event("absurd", null).detail("k".repeat(9_000_000), 1).log())
          .isEqualTo(Durability.DROPPED);
      assertThat(recorder.stats().dropped()).isEqualTo(1);
    }
    List<JsonNode> lines = Lines.of(home);
    assertThat(lines.get(0).at("/details/details_left_out").asInt()).isEqualTo(100_000 - 4096);
    assertThat(lines.get(1).toString()).hasSizeLessThan(2_000).contains("characters cut");
    assertThat(lines.get(2).at("/details/dropped").asInt()).isEqualTo(1);
  }

  @Test
  void aClockThatThrowsIsReplacedByTheSystems() throws Exception {
    RecorderConfig config =
        RecorderConfig.at(home)
            .clock(() -> {
              throw new OwnError();
            });
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      assertThat(recorder.event("x", Category.EXECUTION).log()).isEqualTo(Durability.WRITTEN);
    }
    assertThat(Lines.of(home)).hasSize(1);
  }

  @Test
  void anEndlessIteratorIsCut() throws Exception {
    Iterable<Object> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Object next() {
                return "more";
              }
            };
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home))) {
      assertThat(recorder.event("x", null).detail("o", endless).log())
          .isEqualTo(Durability.WRITTEN);
    }
    assertThat(Lines.of(home)).hasSize(1);
  }
}
