package dev.flightlog.benchmarks.instrumenting;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.event.files.FileTree;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls an agent that does next to nothing, through a proxy and beside it, where the same two
 * events are logged by hand; in turn, and slowly enough that the disk keeps up. Arguments: a
 * folder, rounds.
 */
final class InstrumentProcess {
  private static final int CALLS = 20_000;

  private InstrumentProcess() {}

  /** What an agent looks like. */
  interface Agent {
    @LogAgentExecution("research_agent")
    String research(String topic, List<String> facts);
  }

  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "instrument");
    Agent plain = (topic, facts) -> facts.get(topic.length() % facts.size());
    List<String> facts = List.of("bees dance", "bees sting", "bees sleep");
    List<Double> proxied = new ArrayList<>();
    List<Double> byHand = new ArrayList<>();
    List<Double> more = new ArrayList<>();
    long dropped;
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder))) {
      Agent agent = recorder.instrument(Agent.class, plain);
      int seen = 0;
      for (int round = -15; round < rounds; round++) {
        recorder.flush();
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
          seen += agent.research("bees", facts).length();
        }
        long proxy = System.nanoTime() - start;
        recorder.flush();
        start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
          recorder.agentStarted("research_agent").detail("context_size", 34).log();
          long from = System.nanoTime();
          seen += plain.research("bees", facts).length();
          recorder.agentFinished("research_agent").durationSince(from).success(true).log();
        }
        long hand = System.nanoTime() - start;
        if (round >= 0) {
          proxied.add((double) proxy / CALLS);
          byHand.add((double) hand / CALLS);
          more.add((double) (proxy - hand) / CALLS);
        }
      }
      if (seen == 0) {
        throw new IllegalStateException("the agent was not called");
      }
      recorder.flush();
      dropped = recorder.stats().dropped();
    }
    FileTree.delete(folder);
    Forked.report(System.out, "ns a call, proxy", Measurements.median(proxied));
    Forked.report(System.out, "ns a call, events by hand", Measurements.median(byHand));
    Forked.report(System.out, "ns a call above the recorder", Measurements.median(more));
    Forked.report(System.out, "dropped", dropped);
  }
}
