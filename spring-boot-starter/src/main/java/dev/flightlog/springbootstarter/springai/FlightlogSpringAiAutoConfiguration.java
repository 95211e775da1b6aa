package dev.flightlog.springbootstarter.springai;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.springbootstarter.FlightlogAutoConfiguration;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Calls of models and tools by Spring AI become events. Where the application has no registry of
 * observations, as without the actuator, there is one for this alone.
 */
@AutoConfiguration(
    after = FlightlogAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
    })
@ConditionalOnClass({ObservationHandler.class, ChatModelObservationContext.class})
@ConditionalOnBean(FlightRecorder.class)
@ConditionalOnProperty(
    prefix = "flightlog.spring-ai",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
public class FlightlogSpringAiAutoConfiguration {
  /** Made once, by Spring. */
  public FlightlogSpringAiAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  SpringAiObservationHandler flightlogSpringAiObservationHandler(FlightRecorder recorder) {
    return new SpringAiObservationHandler(recorder);
  }

  @Bean
  @ConditionalOnMissingBean
  ObservationRegistry flightlogObservationRegistry(SpringAiObservationHandler handler) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(handler);
    return registry;
  }
}
