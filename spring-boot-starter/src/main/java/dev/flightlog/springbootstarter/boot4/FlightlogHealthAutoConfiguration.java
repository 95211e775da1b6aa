package dev.flightlog.springbootstarter.boot4;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.springbootstarter.FlightlogAutoConfiguration;
import dev.flightlog.springbootstarter.RecorderHealth;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The recorder in {@code /actuator/health} of Spring Boot 4: down while its journal has a problem.
 */
@AutoConfiguration(after = FlightlogAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(FlightRecorder.class)
@ConditionalOnEnabledHealthIndicator("flightlog")
public class FlightlogHealthAutoConfiguration {
  /** Made once, by Spring. */
  public FlightlogHealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "flightlogHealthIndicator")
  HealthIndicator flightlogHealthIndicator(FlightRecorder recorder) {
    return () -> {
      RecorderHealth health = RecorderHealth.of(recorder);
      Health.Builder builder = health.up() ? Health.up() : Health.down();
      return builder.withDetails(health.details()).build();
    };
  }
}
