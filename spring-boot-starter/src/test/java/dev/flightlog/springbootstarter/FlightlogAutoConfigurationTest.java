package dev.flightlog.springbootstarter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

@SuppressWarnings("NullAway") // fields that JUnit sets, and Spring's own answers
class FlightlogAutoConfigurationTest {
  @TempDir Path home;

  private static final String SPRING_AI =
      "org.springframework.ai.chat.observation.ChatModelObservationContext";

  private static final List<Class<?>> ALL = all();

  /** What the jar names, as far as it can be loaded with this version of Spring Boot. */
  private static List<Class<?>> all() {
    List<Class<?>> found = new ArrayList<>();
    String list =
        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
    for (String name : text(list).lines().toList()) {
      try {
        Class<?> type = Class.forName(name);
        if (!name.contains(".springai.") || ClassUtils.isPresent(SPRING_AI, null)) {
          if (type.getDeclaredMethods().length > 0) {
            found.add(type);
          }
        }
      } catch (ClassNotFoundException | LinkageError e) {
        // It is for another version of Spring Boot, whose classes are not there.
        assertThat(e).hasMessageContaining("springframework");
      }
    }
    return found;
  }

  private static String text(String resource) {
    try (var in = FlightlogAutoConfiguration.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ALL.toArray(new Class<?>[0])))
        .withPropertyValues("flightlog.home=" + home, "flightlog.ring=64KB");
  }

  @Test
  void anApplicationHasARecorderInItsHomeThatIsClosedWithIt() {
    FlightRecorder[] used = new FlightRecorder[1];
    runner()
        .run(context -> {
          used[0] = context.getBean(FlightRecorder.class);
          used[0].toolCall("Read").log();
        });
    assertThat(Journal.told(home)).containsExactly("-:tool_call");
    used[0].toolCall("late").log();
    assertThat(used[0].stats().dropped()).isEqualTo(1);
  }

  @Test
  void propertiesChangeWhatTheyName() {
    Path journals = home.resolve("journals");
    runner()
        .withPropertyValues(
            "flightlog.base-path=" + journals,
            "flightlog.story=2.1",
            "flightlog.session=s",
            "flightlog.durability=accepted",
            "flightlog.content=head",
            "flightlog.max-wait=5ms",
            "flightlog.sync-wait=2s")
        .run(context -> {
          RecorderConfig config = context.getBean(FlightRecorder.class).config();
          assertThat(config.basePath()).isEqualTo(journals);
          assertThat(config.home()).isEqualTo(home);
          assertThat(config.story()).isEqualTo("2.1");
          assertThat(config.session()).isEqualTo("s");
          assertThat(config.durability()).isEqualTo(Durability.ACCEPTED);
          assertThat(config.content()).isEqualTo(Content.HEAD);
          assertThat(config.ring()).isEqualTo(65536);
          assertThat(config.maxWait()).hasMillis(5);
          assertThat(config.syncWait()).hasSeconds(2);
        });
  }

  @Test
  void aWrongPropertyFailsTheStartAndIsNamed() {
    runner()
        .withPropertyValues("flightlog.ring=100KB")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("ring is 0 or a power of two"));
  }

  @Test
  void turnedOffNothingIsRecordedAndNoFileIsMade() throws IOException {
    runner()
        .withPropertyValues("flightlog.enabled=false")
        .run(context ->
            assertThat(context.getBean(FlightRecorder.class)).isSameAs(FlightRecorder.none()));
    try (var files = Files.list(home)) {
      assertThat(files).isEmpty();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    FlightRecorder own() {
      return FlightRecorder.none();
    }
  }

  @Test
  void aRecorderOfTheApplicationsOwnIsTaken() {
    runner()
        .withUserConfiguration(Own.class)
        .run(
            context -> assertThat(context.getBeansOfType(FlightRecorder.class)).containsKey("own"));
  }

  @Test
  void theCountsAreMeters() {
    runner()
        .run(context -> {
          MeterRegistry registry = new SimpleMeterRegistry();
          context.getBeansOfType(MeterBinder.class).values().forEach(each -> each.bindTo(registry));
          FlightRecorder recorder = context.getBean(FlightRecorder.class);
          recorder.toolCall("Read").log();
          recorder.flush();
          assertThat(registry.get("flightlog.recorder.events.offered").functionCounter().count())
              .isEqualTo(1);
          assertThat(registry.get("flightlog.recorder.events.written").functionCounter().count())
              .isEqualTo(1);
          assertThat(registry.get("flightlog.recorder.events.dropped").functionCounter().count())
              .isZero();
          assertThat(registry.get("flightlog.recorder.events.pending").gauge().value()).isZero();
          assertThat(registry.get("flightlog.recorder.failing").gauge().value()).isZero();
        });
  }

  @Test
  void theRecorderIsPartOfTheHealth() {
    runner()
        .run(context -> {
          assertThat(health(context.getBean("flightlogHealthIndicator")))
              .contains("UP", "journals=" + home, "written=0");
        });
    runner()
        .withPropertyValues("management.health.flightlog.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("flightlogHealthIndicator"));
  }

  @Test
  void aHomeThatCannotBeWrittenIsDownAndSaysHowToMendIt() throws IOException {
    Path file = Files.writeString(home.resolve("a file"), "");
    runner()
        .withPropertyValues("flightlog.home=" + file)
        .run(context ->
            assertThat(health(context.getBean("flightlogHealthIndicator")))
                .contains("DOWN", "problem="));
  }

  /** The type of a health is another one in each version of Spring Boot. */
  private static String health(Object indicator) throws ReflectiveOperationException {
    var method = indicator.getClass().getMethod("health");
    method.setAccessible(true);
    return method.invoke(indicator).toString();
  }

  @Test
  void everyPropertyIsInTheMetadata() {
    String metadata = text("META-INF/spring-configuration-metadata.json");
    Set<String> told =
        Pattern.compile("\"name\": \"flightlog\\.([a-z-]+)")
            .matcher(metadata)
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>();
    for (var component : FlightlogProperties.class.getRecordComponents()) {
      known.add(
          component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(told).isEqualTo(known);
  }
}
