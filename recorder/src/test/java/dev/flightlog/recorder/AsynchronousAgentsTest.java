package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An execution ends when its result does, on whatever thread. */
@SuppressWarnings({"try", "NullAway"})
class AsynchronousAgentsTest {
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

  interface Agent {
    @LogAgentExecution("future_agent")
    CompletableFuture<String> future(CompletableFuture<String> given);

    @LogAgentExecution("stage_agent")
    CompletionStage<String> stage(CompletionStage<String> given);

    @LogAgentExecution("flow_agent")
    Flow.Publisher<Integer> flow(Flow.Publisher<Integer> given);
  }

  private record Same() implements Agent {
    @Override
    public CompletableFuture<String> future(CompletableFuture<String> given) {
      return given;
    }

    @Override
    public CompletionStage<String> stage(CompletionStage<String> given) {
      return given;
    }

    @Override
    public Flow.Publisher<Integer> flow(Flow.Publisher<Integer> given) {
      return given;
    }
  }

  private Agent agent() {
    return recorder.instrument(Agent.class, new Same());
  }

  private List<JsonNode> events() {
    assertThat(recorder.flush()).isTrue();
    return Lines.of(home);
  }

  private List<String> types() {
    return events().stream().map(e -> e.get("event_type").asText()).toList();
  }

  @Test
  void aFutureEndsTheExecutionBeforeItsCallerSeesIt() throws Exception {
    CompletableFuture<String> given = new CompletableFuture<>();
    CompletableFuture<String> result;
    try (var scope = recorder.scope().workflow("w").open()) {
      result = agent().future(given);
    }
    assertThat(types()).containsExactly("agent_started");
    Thread other = new Thread(() -> given.complete("done"));
    other.start();
    assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("done");
    JsonNode end = events().get(1);
    assertThat(end.get("event_type").asText()).isEqualTo("agent_finished");
    assertThat(end.get("agent_name").asText()).isEqualTo("future_agent");
    assertThat(end.get("workflow_id").asText()).isEqualTo("w");
    other.join();
  }

  @Test
  void aStageThatFailsIsAnErrorOfTheAgentAndFailsAsItDid() {
    CompletableFuture<String> given = new CompletableFuture<>();
    CompletionStage<String> result = agent().stage(given);
    IOException error = new IOException("down");
    given.completeExceptionally(error);
    List<Throwable> seen = new ArrayList<>();
    result.whenComplete((value, e) -> seen.add(e));
    assertThat(seen).containsExactly(error);
    assertThat(types()).containsExactly("agent_started", "error", "agent_finished");
    assertThat(events().get(1).get("agent_name").asText()).isEqualTo("stage_agent");
    assertThat(events().get(1).at("/details/error_type").asText()).isEqualTo("java.io.IOException");
  }

  @Test
  void cancellingOrCompletingTheResultDoesSoToTheAgents() {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    agent().future(cancelled).cancel(true);
    assertThat(cancelled).isCancelled();
    CompletableFuture<String> completed = new CompletableFuture<>();
    agent().future(completed).complete("early");
    assertThat(completed).isCompletedWithValue("early");
    assertThat(types())
        .containsExactly("agent_started", "agent_finished", "agent_started", "agent_finished");
    assertThat(events().get(1).at("/details/error_type").asText()).isEqualTo("cancelled");
    assertThat(events().get(3).get("success").asBoolean()).isTrue();
  }

  @Test
  @SuppressWarnings("unchecked")
  void theResultOfAGenericMethodIsFollowedByWhatTheAgentsClassReturns() {
    class Asks implements Function<String, CompletionStage<String>> {
      @Override
      public CompletionStage<String> apply(String input) {
        return CompletableFuture.failedStage(new IllegalStateException(input));
      }
    }
    Function<String, CompletionStage<String>> agent =
        recorder.instrument(Function.class, new Asks());
    assertThatThrownBy(() -> agent.apply("x").toCompletableFuture().join())
        .isInstanceOf(CompletionException.class);
    Function<String, CompletionStage<String>> lambda =
        recorder.instrument(Function.class, x -> CompletableFuture.completedStage("lambda"));
    assertThat(lambda.apply("y").toCompletableFuture().join()).isEqualTo("lambda");
    assertThat(types())
        .containsExactly(
            "agent_started", "error", "agent_finished", "agent_started", "agent_finished");
  }

  /** Publishes numbers while it is asked for them, then an end. */
  private record Numbers(int count, boolean fails) implements Flow.Publisher<Integer> {
    @Override
    public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private int next;

            @Override
            public void request(long most) {
              for (long i = 0; i < most && next < count; i++) {
                subscriber.onNext(next++);
              }
              if (next == count && fails) {
                subscriber.onError(new IllegalStateException("ends badly"));
              } else if (next == count) {
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              next = count + 1;
            }
          });
    }
  }

  private static final class Taker implements Flow.Subscriber<Integer> {
    private final List<Object> seen = new ArrayList<>();
    private final int most;

    Taker(int most) {
      this.most = most;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(most);
      if (most < 2) {
        subscription.cancel();
      }
    }

    @Override
    public void onNext(Integer item) {
      seen.add(item);
    }

    @Override
    public void onError(Throwable error) {
      seen.add(error);
    }

    @Override
    public void onComplete() {
      seen.add("end");
    }
  }

  @Test
  void aPublisherIsOneExecutionForEachSubscriptionAndNoneWithout() {
    Flow.Publisher<Integer> numbers = agent().flow(new Numbers(2, false));
    assertThat(types()).isEmpty();
    for (int i = 0; i < 2; i++) {
      Taker taker = new Taker(10);
      numbers.subscribe(taker);
      assertThat(taker.seen).containsExactly(0, 1, "end");
    }
    assertThat(types())
        .containsExactly("agent_started", "agent_finished", "agent_started", "agent_finished");
  }

  @Test
  void aPublisherThatFailsOrIsCancelledEndsItsExecutionSo() {
    Taker taker = new Taker(10);
    agent().flow(new Numbers(1, true)).subscribe(taker);
    assertThat(taker.seen).hasSize(2);
    agent().flow(new Numbers(5, false)).subscribe(new Taker(1));
    assertThat(types())
        .containsExactly(
            "agent_started", "error", "agent_finished", "agent_started", "agent_finished");
    assertThat(events().get(4).at("/details/error_type").asText()).isEqualTo("cancelled");
  }
}
