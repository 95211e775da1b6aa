package dev.flightlog.tasks.live;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.tasks.live.TaskStats.Figures;
import dev.flightlog.tasks.live.TaskStats.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the last hour from the events as they come. Time is cut into slots of 15 seconds; a
 * window is the sum of its slots, so it is up to one slot longer than its name says. An event
 * belongs to the slot of its own time; one older than an hour is only counted as late, one from the
 * future counts as of now.
 *
 * <p>Memory is bounded: 240 slots with at most {@link #MOST_AGENTS} agents each, about 1 KiB an
 * agent and slot in which it ended a task, 16 MiB when all of them did in all; further agents are
 * counted together as {@link #OTHERS}. Percentiles are within 5 %.
 *
 * <p>Safe for any thread; never blocks for long.
 */
public final class LiveMetrics {
  /** Agents that are told apart. */
  public static final int MOST_AGENTS = 64;

  /** The name under which further agents are counted together. */
  public static final String OTHERS = "(others)";

  private static final long SLOT = 15_000_000L;
  private static final int SLOTS = 240;

  private final InstantSource clock;
  private final Map<String, Integer> agents = new HashMap<>();
  private final Slot[] slots = new Slot[SLOTS];
  private long late;

  /** What happened in one slot; used again for later ones. */
  private static final class Slot {
    private long number = Long.MIN_VALUE;
    private final Count total = new Count();
    private final @Nullable Count[] byAgent = new Count[MOST_AGENTS + 1];

    void begin(long next) {
      number = next;
      total.clear();
      java.util.Arrays.fill(byAgent, null);
    }
  }

  /** Counts that can be added up. */
  private static final class Count {
    private long requests;
    private long outcomes;
    private long succeeded;
    private final Times times = new Times();

    void clear() {
      requests = 0;
      outcomes = 0;
      succeeded = 0;
      times.clear();
    }

    void outcome(Event event) {
      outcomes++;
      succeeded += Boolean.TRUE.equals(event.flag(Field.SUCCESS)) ? 1 : 0;
      Long millis = event.integer(Field.DURATION_MS);
      if (millis != null) {
        times.add(millis);
      }
    }

    void add(Count other) {
      requests += other.requests;
      outcomes += other.outcomes;
      succeeded += other.succeeded;
      times.add(other.times);
    }

    Figures figures() {
      return new Figures(
          requests,
          outcomes,
          succeeded,
          times.percentile(0.5),
          times.percentile(0.95),
          times.percentile(0.99));
    }
  }

  public LiveMetrics(InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** Counts an event; one that is neither a request nor an outcome changes nothing. */
  public synchronized void accept(Event event) {
    boolean request = event.eventType().equals(EventTypes.TASK_REQUEST);
    if (!request && !event.eventType().equals(EventTypes.TASK_OUTCOME)) {
      return;
    }
    long now = now();
    long number = Math.min(Math.floorDiv(event.micros(), SLOT), now);
    if (number <= now - SLOTS) {
      late++;
      return;
    }
    Slot slot = slots[Math.floorMod(number, SLOTS)];
    if (slot.number != number) {
      slot.begin(number);
    }
    if (request) {
      slot.total.requests++;
    } else {
      slot.total.outcome(event);
      String agent = event.text(Field.AGENT_NAME);
      if (agent != null) {
        agent(slot, agent).outcome(event);
      }
    }
  }

  private Count agent(Slot slot, String name) {
    Integer index = agents.get(name);
    if (index == null) {
      if (agents.size() == MOST_AGENTS) {
        forgetIdleAgents();
      }
      index = MOST_AGENTS;
      if (agents.size() < MOST_AGENTS) {
        index = 0;
        while (agents.containsValue(index)) {
          index++;
        }
        agents.put(name, index);
      }
    }
    Count count = slot.byAgent[index];
    if (count == null) {
      count = new Count();
      slot.byAgent[index] = count;
    }
    return count;
  }

  /** Frees the places of agents that ended no task within the hour. */
  private void forgetIdleAgents() {
    long now = now();
    agents
        .values()
        .removeIf(index -> {
          for (Slot slot : slots) {
            if (slot.number > now - SLOTS && slot.byAgent[index] != null) {
              return false;
            }
          }
          for (Slot slot : slots) {
            slot.byAgent[index] = null;
          }
          return true;
        });
  }

  private long now() {
    return Math.floorDiv(Timestamps.of(clock.instant()), SLOT);
  }

  /**
   * The windows that end now.
   *
   * @param agent only of this one; null for all
   */
  public synchronized TaskStats snapshot(@Nullable String agent) {
    long now = now();
    List<Window> windows = new ArrayList<>();
    for (Duration length : TaskStats.LENGTHS) {
      long count = length.toNanos() / 1000 / SLOT;
      windows.add(window(length, now - count, now, agent));
    }
    return new TaskStats(clock.instant(), windows);
  }

  private Window window(Duration length, long from, long to, @Nullable String agent) {
    Count total = new Count();
    Map<Integer, Count> byAgent = new HashMap<>();
    for (Slot slot : slots) {
      if (slot.number < from || slot.number > to) {
        continue;
      }
      total.add(slot.total);
      for (int i = 0; i <= MOST_AGENTS; i++) {
        Count count = slot.byAgent[i];
        if (count != null) {
          byAgent.computeIfAbsent(i, _ -> new Count()).add(count);
        }
      }
    }
    Map<String, Figures> named = new HashMap<>();
    agents.forEach((name, index) -> {
      Count count = byAgent.get(index);
      if (count != null && (agent == null || agent.equals(name))) {
        named.put(name, count.figures());
      }
    });
    Count others = byAgent.get(MOST_AGENTS);
    if (others != null && agent == null) {
      named.put(OTHERS, others.figures());
    }
    Map<String, Figures> sorted = new LinkedHashMap<>();
    named.entrySet().stream()
        .sorted(
            Map.Entry.<String, Figures>comparingByValue(
                    Comparator.comparingLong(Figures::outcomes).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    Figures all = agent == null ? total.figures() : sorted.getOrDefault(agent, Figures.NONE);
    return new Window(length, all, sorted);
  }

  /** Events that came more than an hour late and are in no window. */
  public synchronized long late() {
    return late;
  }
}
