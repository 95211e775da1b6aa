package dev.flightlog.benchmarks.slowing;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Some weeks of agents at work, from a seed. Durations are log-normal, each agent at each step with
 * its own middle, each step with its own spread; a step has good and bad days, for all agents. What
 * misleads: the work grows or shrinks, weekends are quiet, agents turn to other tools over the
 * weeks (some to a much slower one), and single runs hang. In one world of five nothing is planted,
 * else one to three agents, steps (a tool, a type of event, a stage of webhooks) or agents at a
 * step become 1.2 to 5 times slower on a day of the second half.
 */
final class SlowWorld {
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final String[] AGENTS = {
    "planner", "coder", "reviewer", "tester", "writer", "release", "research", "ops"
  };
  private static final String[] STEPS = {
    "Bash",
    "Read",
    "Edit",
    "Grep",
    "WebFetch",
    "Task",
    "Write",
    "Glob",
    "model_call",
    "planning_complete",
    "validation",
    "command_matching",
    "immediate_response"
  };
  private static final int TOOLS = 8;
  private static final int STAGES_FROM = 10;

  private final Random random;
  final List<Planted> planted = new ArrayList<>();
  final int days;
  private final int agents;
  private final double[] middle = new double[STEPS.length];
  private final double[] spread = new double[STEPS.length];
  private final double[][] own;
  private final double[][] mix;
  private final double[][] laterMix;
  private final double[] share;

  SlowWorld(long seed) {
    random = new Random(seed);
    days = 28 + random.nextInt(43);
    agents = 3 + random.nextInt(AGENTS.length - 2);
    own = new double[agents][STEPS.length];
    mix = new double[agents][];
    laterMix = new double[agents][];
    share = new double[agents];
    for (int step = 0; step < STEPS.length; step++) {
      middle[step] = Math.log(40) + random.nextDouble() * Math.log(500);
      spread[step] = 0.5 + 0.7 * random.nextDouble();
    }
    for (int agent = 0; agent < agents; agent++) {
      share[agent] = 0.3 + random.nextDouble();
      mix[agent] = mixOf(new double[STEPS.length]);
      laterMix[agent] = random.nextInt(3) == 0 ? mixOf(mix[agent]) : mix[agent];
      for (int step = 0; step < STEPS.length; step++) {
        own[agent][step] = 0.3 * random.nextGaussian();
      }
    }
    int[] counts = {0, 1, 1, 2, 3};
    plant(counts[Math.floorMod(seed, 5)]);
  }

  /** Weights of steps; a later mix leans to another step. */
  private double[] mixOf(double[] before) {
    double[] weights = before.clone();
    if (weights[0] == 0) {
      for (int step = 0; step < STEPS.length; step++) {
        weights[step] = 0.15 + Math.pow(random.nextDouble(), 2);
      }
    } else {
      weights[random.nextInt(TOOLS)] += 4;
    }
    return weights;
  }

  private void plant(int count) {
    while (planted.size() < count) {
      int kind = random.nextInt(5);
      String agent = kind == 0 || kind == 1 || kind == 4 ? AGENTS[random.nextInt(agents)] : null;
      String step = kind >= 2 ? STEPS[random.nextInt(STEPS.length)] : null;
      int day = (int) (days * (0.5 + 0.35 * random.nextDouble()));
      double factor = 1.2 * Math.pow(5 / 1.2, random.nextDouble());
      boolean apart = true;
      for (Planted other : planted) {
        apart &=
            !(agent != null && agent.equals(other.agent()))
                && !(step != null && step.equals(other.step()));
      }
      if (apart) {
        planted.add(new Planted(agent, step, day, factor));
      }
    }
  }

  /** Fills the store with so many events a working day; answers how many there are. */
  int fill(EventStore store, int eventsADay) {
    EventBatch batch = new EventBatch();
    double growth = Math.exp(0.8 * random.nextGaussian());
    int number = 0;
    for (int day = 0; day < days; day++) {
      double weekend = day % 7 >= 5 ? 0.25 : 1;
      double[] weather = new double[STEPS.length];
      for (int step = 0; step < weather.length; step++) {
        weather[step] = 0.05 * random.nextGaussian();
      }
      double along = (double) day / days;
      int count = (int) (eventsADay * weekend * Math.pow(growth, along - 0.5));
      for (int i = 0; i < count; i++) {
        int agent = draw(share, share, 0, agents);
        int step = draw(mix[agent], laterMix[agent], along, STEPS.length);
        double log =
            middle[step] + own[agent][step] + weather[step] + spread[step] * random.nextGaussian();
        double millis = Math.exp(log) * slower(AGENTS[agent], STEPS[step], day);
        millis *= random.nextInt(3000) == 0 ? 20 : 1;
        long at = (long) ((day + (i + random.nextDouble()) / count) * 86_400_000.0);
        batch.add(EventBatch.Mode.NEW, event(number++, at, agent, step, Math.round(millis)));
      }
      store.append(new Append(batch));
      batch.clear();
    }
    return number;
  }

  private double slower(String agent, String step, int day) {
    double factor = 1;
    for (Planted each : planted) {
      factor *= each.holds(agent, step, day) ? each.factor() : 1;
    }
    return factor;
  }

  private int draw(double[] early, double[] late, double along, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += early[i] + along * (late[i] - early[i]);
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < size; i++) {
      left -= early[i] + along * (late[i] - early[i]);
      if (left <= 0) {
        return i;
      }
    }
    return size - 1;
  }

  private static Event event(int number, long atMillis, int agent, int step, long millis) {
    boolean tool = step < TOOLS;
    boolean stage = step >= STAGES_FROM;
    String type = tool ? EventTypes.TOOL_CALL : stage ? EventTypes.WEBHOOK_STAGE : STEPS[step];
    return Event.builder(
            EventIds.ofKey("slow:" + number), FIRST.plusMillis(atMillis), type, Category.EXECUTION)
        .set(Field.AGENT_NAME, AGENTS[agent])
        .set(Field.STORY_ID, "1." + number % 3)
        .set(Field.SESSION_ID, "session-" + number / 200)
        .set(Field.DURATION_MS, millis)
        .set(Field.SUCCESS, number % 20 != 0)
        .details(
            tool ? Map.of("tool", STEPS[step]) : stage ? Map.of("stage", STEPS[step]) : Map.of())
        .build();
  }
}
