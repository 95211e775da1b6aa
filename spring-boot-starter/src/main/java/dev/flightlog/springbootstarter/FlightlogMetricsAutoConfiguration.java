package dev.flightlog.springbootstarter;

import dev.flightlog.recorder.FlightRecorder;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The counts of the recorder, by the names that {@code /metrics} of Flightlog's server has. */
@AutoConfiguration(after = FlightlogAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(FlightRecorder.class)
@ConditionalOnProperty(
    prefix = "flightlog.metrics",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
public class FlightlogMetricsAutoConfiguration {
  /** Made once, by Spring. */
  public FlightlogMetricsAutoConfiguration() {}

  @Bean
  RecorderMetrics flightlogRecorderMetrics(FlightRecorder recorder) {
    return new RecorderMetrics(recorder);
  }
}
