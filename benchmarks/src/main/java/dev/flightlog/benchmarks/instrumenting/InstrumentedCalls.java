package dev.flightlog.benchmarks.instrumenting;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.util.List;

/** What {@code recorder.instrument} costs a call, beyond the two events that it logs. */
public final class InstrumentedCalls implements Benchmark {
  private static final String OURS = "proxy";

  @Override
  public String name() {
    return "instrumented-calls";
  }

  @Override
  public String title() {
    return "time of an agent's call through a proxy, above that of logging its start and end by hand";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 5, 1);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      List<String> arguments = List.of(settings.work().toString(), settings.quick() ? "5" : "30");
      found.addAll(OURS, Forked.java(InstrumentProcess.class, List.of(), arguments).figures());
    }
    return new Report(found)
        .setting("rounds", rounds)
        .verdict(
            Verdict.bound("annotation or proxy", 1000, found, OURS, "ns a call above the recorder"))
        .verdict(Verdict.bound("lost events of agents", 0, found, OURS, "dropped"));
  }
}
