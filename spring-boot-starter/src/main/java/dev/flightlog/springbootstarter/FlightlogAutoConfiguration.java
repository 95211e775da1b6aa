package dev.flightlog.springbootstarter;

import dev.flightlog.recorder.FlightRecorder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * A {@link FlightRecorder} as {@code flightlog.*} says, unless the application has one of its own.
 * It is closed with the application, after all beans that use it.
 */
@AutoConfiguration
@EnableConfigurationProperties(FlightlogProperties.class)
public class FlightlogAutoConfiguration {
  /** Made once, by Spring. */
  public FlightlogAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  FlightRecorder flightRecorder(FlightlogProperties properties) {
    return properties.enabled()
        ? FlightRecorder.open(properties.recorderConfig(System.getenv()))
        : FlightRecorder.none();
  }
}
