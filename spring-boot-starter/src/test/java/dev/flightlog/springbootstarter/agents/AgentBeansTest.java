package dev.flightlog.springbootstarter.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.LogAgentExecution;
import dev.flightlog.springbootstarter.FlightlogAutoConfiguration;
import dev.flightlog.springbootstarter.Journal;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SuppressWarnings("NullAway")
class AgentBeansTest {
  @TempDir Path home;

  static class Researcher {
    private final Planner planner;

    Researcher(Planner planner) {
      this.planner = planner;
    }

    @LogAgentExecution("research_agent")
    public String research(String topic) throws IOException {
      if (topic.isEmpty()) {
        throw new IOException("no topic");
      }
      return planner.plan(topic) + "!";
    }

    @LogAgentExecution("future_agent")
    public CompletableFuture<String> later(CompletableFuture<String> given) {
      return given;
    }

    @LogAgentExecution("mono_agent")
    public Mono<String> mono() {
      return Mono.deferContextual(context -> Mono.just(context.get("who")));
    }

    @LogAgentExecution("flux_agent")
    public Flux<Integer> flux() {
      return Flux.concat(Flux.just(1, 2), Flux.error(new IllegalStateException("ends badly")));
    }

    @LogAgentExecution("single_agent")
    public Single<String> single() {
      return Single.just("one");
    }

    public String other() {
      return "not recorded";
    }
  }

  interface Planner {
    @LogAgentExecution
    String plan(String goal);
  }

  static class CarefulPlanner implements Planner {
    @Override
    public String plan(String goal) {
      return "plan of " + goal;
    }
  }

  /** Nobody can put a proxy before it. */
  record FinalAgent(String name) {
    @LogAgentExecution("final_agent")
    public String work() {
      return name;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean
    Researcher researcher(Planner planner) {
      return new Researcher(planner);
    }

    @Bean
    Planner planner() {
      return new CarefulPlanner();
    }

    @Bean
    FinalAgent finalAgent() {
      return new FinalAgent("final");
    }
  }

  private void run(Consumer<ApplicationContext> work, String... properties) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                FlightlogAutoConfiguration.class, FlightlogAgentAutoConfiguration.class))
        .withUserConfiguration(Application.class)
        .withPropertyValues("flightlog.home=" + home, "flightlog.ring=64KB")
        .withPropertyValues(properties)
        .run(context -> {
          assertThat(context).hasNotFailed();
          work.accept(context);
        });
  }

  private void using(ThrowingConsumer work, String... properties) {
    run(
        context -> {
          try {
            work.accept(context.getBean(Researcher.class));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        properties);
  }

  private interface ThrowingConsumer {
    void accept(Researcher researcher) throws Exception;
  }

  @Test
  void anAnnotatedBeanIsRecordedAndHandsOverToTheNext() {
    using(researcher -> {
      assertThat(researcher.research("bees")).isEqualTo("plan of bees!");
      assertThat(researcher.other()).isEqualTo("not recorded");
    });
    assertThat(Journal.told(home))
        .containsExactly(
            "research_agent:agent_started",
            "research_agent:agent_transition",
            "planner:agent_started",
            "planner:agent_finished",
            "research_agent:agent_finished");
  }

  @Test
  void anErrorComesOutAsItIs() {
    using(researcher ->
        assertThatThrownBy(() -> researcher.research(""))
            .isExactlyInstanceOf(IOException.class)
            .hasNoCause());
    assertThat(Journal.told(home))
        .containsExactly(
            "research_agent:agent_started",
            "research_agent:error",
            "research_agent:agent_finished");
  }

  @Test
  void futuresAndReactiveResultsAreExecutionsThatEndWhenTheyDo() {
    using(researcher -> {
      CompletableFuture<String> given = new CompletableFuture<>();
      CompletableFuture<String> result = researcher.later(given);
      given.complete("late");
      assertThat(result.join()).isEqualTo("late");
      assertThat(researcher.mono().contextWrite(c -> c.put("who", "me")).block()).isEqualTo("me");
      assertThatThrownBy(() -> researcher.flux().collectList().block())
          .isExactlyInstanceOf(IllegalStateException.class);
      assertThat(researcher.flux().take(1).collectList().block()).containsExactly(1);
      assertThat(researcher.single().blockingGet()).isEqualTo("one");
      Mono<String> never = researcher.mono();
      assertThat(never).isNotNull();
    });
    assertThat(Journal.told(home))
        .containsExactly(
            "future_agent:agent_started",
            "future_agent:agent_finished",
            "mono_agent:agent_started",
            "mono_agent:agent_finished",
            "flux_agent:agent_started",
            "flux_agent:error",
            "flux_agent:agent_finished",
            "flux_agent:agent_started",
            "flux_agent:agent_finished",
            "single_agent:agent_started",
            "single_agent:agent_finished");
    assertThat(Journal.events(home).get(8).at("/details/error_type").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void aFinalBeanWorksAsItDidAndIsToldOnce() {
    run(context -> assertThat(context.getBean(FinalAgent.class).work()).isEqualTo("final"));
    assertThat(Journal.told(home)).isEmpty();
    List<String> told = new java.util.ArrayList<>();
    AgentPointcut pointcut = new AgentPointcut(told::add);
    assertThat(pointcut.getClassFilter().matches(FinalAgent.class)).isFalse();
    assertThat(pointcut.getClassFilter().matches(FinalAgent.class)).isFalse();
    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .startsWith("The executions of " + FinalAgent.class.getName() + " are not recorded")
        .contains("the class is final", "Remove 'final'");
  }

  static class Unreachable {
    @LogAgentExecution("a")
    public final void closed() {}

    @LogAgentExecution("b")
    static void apart() {}

    @LogAgentExecution("c")
    void inside() {}
  }

  @Test
  void aMethodThatNoProxyCanReachIsToldOnce() {
    List<String> told = new java.util.ArrayList<>();
    AgentPointcut pointcut = new AgentPointcut(told::add);
    assertThat(pointcut.getClassFilter().matches(Unreachable.class)).isTrue();
    assertThat(told).hasSize(3);
    assertThat(String.join("\n", told))
        .contains("closed are not recorded: the method is final")
        .contains("apart are not recorded: the method is static")
        .contains("inside are not recorded: the method is not public");
  }

  @Test
  void turnedOffTheBeansAreNotProxied() {
    using(
        researcher -> assertThat(researcher.getClass()).isEqualTo(Researcher.class),
        "flightlog.agents.enabled=false");
  }

  @Test
  void withoutARecorderOfItsOwnAnApplicationRunsAsBefore() {
    using(
        researcher -> assertThat(researcher.research("bees")).isEqualTo("plan of bees!"),
        "flightlog.enabled=false");
    assertThat(FlightRecorder.none().stats().offered()).isZero();
  }
}
