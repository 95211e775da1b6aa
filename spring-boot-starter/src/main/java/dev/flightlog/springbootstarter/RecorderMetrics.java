package dev.flightlog.springbootstarter;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Meters that read the recorder's counts when they are asked. */
final class RecorderMetrics implements MeterBinder {
  private final FlightRecorder recorder;

  RecorderMetrics(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "offered", "Events that were to be recorded", RecorderStats::offered);
    counter(registry, "written", "Of these, in the journal", RecorderStats::written);
    counter(registry, "dropped", "Of these, nowhere", RecorderStats::dropped);
    Gauge.builder("flightlog.recorder.events.pending", recorder, all -> all.stats().pending())
        .description("Of these, on their way")
        .baseUnit("events")
        .register(registry);
    Gauge.builder(
            "flightlog.recorder.failing", recorder, all -> all.stats().problem() == null ? 0 : 1)
        .description("1 when the journal has a problem")
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String meaning, ToDoubleFunction<RecorderStats> count) {
    FunctionCounter.builder(
            "flightlog.recorder.events." + name, recorder, all -> count.applyAsDouble(all.stats()))
        .description(meaning)
        .register(registry);
  }
}
