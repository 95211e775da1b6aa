package dev.flightlog.analysis.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds who and what became slower, and since when, from counts and sums of durations by day.
 *
 * <pre>
 *   cell    an agent at a step (a tool, a type of event, a stage), day by day
 *   effect  from a day on, all cells of an agent, or of a step, or one cell, take a times as long
 * </pre>
 *
 * <p>A cell is compared with nothing but itself: an agent that only uses a slow tool more often has
 * no slower cell. For each cell and day the logarithm of the mean after over the mean before is
 * taken, with the variance that the ups and downs of neighbouring days show (their differences, so
 * that a change does not hide itself; the median of them, so that an outlier does not). These are
 * pooled by precision over the cells of each agent and step. The effect that stands out most is
 * taken: one that holds for all tools of an agent stands out more there than in any single tool,
 * and one of a single cell most there. It is taken out of its cells, and the next is looked for;
 * then all are estimated anew beside each other. What is not larger than chance among so many
 * comparisons, or is over again in the last week, is left out.
 */
public final class Slowdowns {
  /** Standard errors: of some 10,000 comparisons without any effect, 1 in 30 has such a one. */
  private static final double THRESHOLD = 4.5;

  /** The same, in the ranks of whole days: so that no single run that hung makes an effect. */
  private static final double THRESHOLD_OF_DAYS = 3;

  /** A smaller one is not worth a word. */
  private static final double LEAST_FACTOR = 1.1;

  private static final int MOST_EFFECTS = 8;
  public static final int LEAST_DAYS = 3;
  private static final int WEEK = 7;

  /** Runs on each side of a change; and in a block of days whose mean is compared. */
  public static final int LEAST_RUNS = 8;

  /** What cells of a group may differ by themselves: so that no large cell speaks for all. */
  private static final double OWN_WAYS = 0.03 * 0.03;

  /** An agent at a step: runs and milliseconds by day. */
  public static final class Cell {
    public final @Nullable String agent;
    public final String step;
    public final double[] runs;
    public final double[] millis;
    double spread;

    /** Sums up to each day, the milliseconds as if effects that were taken out had not been. */
    private final double[] runsUpTo;

    private final double[] millisUpTo;

    public Cell(@Nullable String agent, String step, int days) {
      this.agent = agent;
      this.step = step;
      this.runs = new double[days];
      this.millis = new double[days];
      this.runsUpTo = new double[days + 1];
      this.millisUpTo = new double[days + 1];
    }
  }

  /**
   * Something became slower.
   *
   * @param agent null when it is a step of all agents, unless {@code named}
   * @param named whether it is about an agent
   * @param step null when it is an agent at all its steps
   * @param day since when, as an index
   * @param factor how many times as long, mix of work aside
   * @param sureness in standard errors
   * @param after the mean in milliseconds since then
   * @param runs since then
   */
  public record Effect(
      boolean named,
      @Nullable String agent,
      @Nullable String step,
      int day,
      double factor,
      double sureness,
      double after,
      double runs) {}

  /** An effect on its way: its cells, its day, its logarithm. */
  private static final class Shift {
    final List<Cell> cells;
    final boolean named;
    final @Nullable String agent;
    final @Nullable String step;
    int day;
    double log;
    double sureness;

    Shift(List<Cell> cells, boolean named, @Nullable String agent, @Nullable String step) {
      this.cells = cells;
      this.named = named;
      this.agent = agent;
      this.step = step;
    }
  }

  private final List<Cell> cells;
  private final int days;
  private final List<Shift> taken = new ArrayList<>();

  private Slowdowns(List<Cell> cells, int days) {
    this.cells = cells;
    this.days = days;
  }

  /** The effects, the one that costs most first; cells with few runs are left out. */
  public static List<Effect> in(List<Cell> all, int days) {
    List<Cell> cells = new ArrayList<>();
    for (Cell cell : all) {
      if (sum(cell.runs, 0, days) >= 2 * LEAST_RUNS && sum(cell.millis, 0, days) > 0) {
        cells.add(cell);
      }
    }
    if (days < 2 * LEAST_DAYS || cells.isEmpty()) {
      return List.of();
    }
    Spreads.estimate(cells, days);
    return new Slowdowns(cells, days).effects();
  }

  private List<Effect> effects() {
    List<Shift> groups = groups();
    while (taken.size() < MOST_EFFECTS) {
      Shift best = null;
      for (Cell cell : cells) {
        takeOut(cell, null);
      }
      for (Shift group : groups) {
        scan(group);
        if (best == null || group.sureness > best.sureness) {
          best = group;
        }
      }
      if (best == null || best.sureness < THRESHOLD) {
        break;
      }
      groups.remove(best);
      if (days(best) < THRESHOLD_OF_DAYS) {
        continue;
      }
      taken.add(best);
      for (int sweep = 0; sweep < 3; sweep++) {
        estimateAnew();
      }
    }
    taken.removeIf(shift -> !isReal(shift));
    estimateAnew();
    List<Effect> effects = new ArrayList<>();
    for (Shift shift : taken) {
      if (isReal(shift)) {
        effects.add(effect(shift));
      }
    }
    effects.sort((a, b) -> Double.compare(cost(b), cost(a)));
    return effects;
  }

  /** Milliseconds that it has cost since. */
  private static double cost(Effect effect) {
    return effect.after * effect.runs * (1 - 1 / effect.factor);
  }

  private boolean isReal(Shift shift) {
    if (shift.sureness < THRESHOLD || shift.log < Math.log(LEAST_FACTOR)) {
      return false;
    }
    for (Cell cell : shift.cells) {
      takeOut(cell, shift);
    }
    double[] lately = pooled(shift, shift.day, Math.max(shift.day, days - WEEK));
    return Double.isNaN(lately[0]) || lately[0] > shift.log / 2;
  }

  private void estimateAnew() {
    for (Shift shift : taken) {
      for (Cell cell : shift.cells) {
        takeOut(cell, shift);
      }
      double[] found = pooled(shift, shift.day, shift.day);
      if (!Double.isNaN(found[0])) {
        shift.log = found[0];
        shift.sureness = found[0] / found[1];
      }
    }
  }

  /** Finds the day since which the group is slower most clearly. */
  private void scan(Shift group) {
    group.sureness = 0;
    for (int day = LEAST_DAYS; day <= days - LEAST_DAYS; day++) {
      double[] found = pooled(group, day, day);
      if (found[0] / found[1] > group.sureness) {
        group.sureness = found[0] / found[1];
        group.log = found[0];
        group.day = day;
      }
    }
  }

  /**
   * The mean logarithm of after over before, and its standard error, other effects taken out.
   *
   * @param until before is up to here
   * @param from after is from here
   */
  private double[] pooled(Shift group, int until, int from) {
    double weights = 0;
    double sum = 0;
    for (Cell cell : group.cells) {
      double runsBefore = cell.runsUpTo[until];
      double runsAfter = cell.runsUpTo[days] - cell.runsUpTo[from];
      double before = cell.millisUpTo[until];
      double after = cell.millisUpTo[days] - cell.millisUpTo[from];
      if (runsBefore >= LEAST_RUNS && runsAfter >= LEAST_RUNS && before > 0 && after > 0) {
        double difference = Math.log(after / runsAfter) - Math.log(before / runsBefore);
        double weight = 1 / (cell.spread * (1 / runsBefore + 1 / runsAfter) + OWN_WAYS);
        weights += weight;
        sum += weight * difference;
      }
    }
    return weights == 0
        ? new double[] {Double.NaN, 1}
        : new double[] {sum / weights, 1 / Math.sqrt(weights)};
  }

  /** Adds up the days of a cell, all effects that were taken but this one taken out. */
  private void takeOut(Cell cell, @Nullable Shift but) {
    for (int day = 0; day < days; day++) {
      double log = 0;
      for (Shift other : taken) {
        if (other != but && day >= other.day && other.cells.contains(cell)) {
          log += other.log;
        }
      }
      cell.runsUpTo[day + 1] = cell.runsUpTo[day] + cell.runs[day];
      cell.millisUpTo[day + 1] =
          cell.millisUpTo[day] + (log == 0 ? cell.millis[day] : cell.millis[day] / Math.exp(log));
    }
  }

  /** How clearly the days since then are the slower ones (Mann and Whitney, 1947). */
  private double days(Shift group) {
    double[] before = new double[days];
    double[] after = new double[days];
    int early = 0;
    int late = 0;
    for (int day = 0; day < days; day++) {
      double weights = 0;
      double sum = 0;
      for (Cell cell : group.cells) {
        double runs = cell.runsUpTo[day + 1] - cell.runsUpTo[day];
        double millis = cell.millisUpTo[day + 1] - cell.millisUpTo[day];
        double usual = cell.millisUpTo[group.day] / cell.runsUpTo[group.day];
        if (runs > 0 && millis > 0 && usual > 0) {
          weights += runs / cell.spread;
          sum += runs / cell.spread * Math.log(millis / runs / usual);
        }
      }
      if (weights > 0 && day < group.day) {
        before[early++] = sum / weights;
      } else if (weights > 0) {
        after[late++] = sum / weights;
      }
    }
    double wins = 0;
    for (int i = 0; i < late; i++) {
      for (int j = 0; j < early; j++) {
        wins += after[i] > before[j] ? 1 : after[i] < before[j] ? 0 : 0.5;
      }
    }
    double deviation = Math.sqrt(early * (double) late * (early + late + 1) / 12);
    return deviation == 0 ? 0 : (wins - early * late / 2.0) / deviation;
  }

  /** Each agent, each step, each cell. */
  private List<Shift> groups() {
    Map<@Nullable String, List<Cell>> byAgent = new HashMap<>();
    Map<String, List<Cell>> byStep = new HashMap<>();
    List<Shift> groups = new ArrayList<>();
    for (Cell cell : cells) {
      byAgent.computeIfAbsent(cell.agent, _ -> new ArrayList<>()).add(cell);
      byStep.computeIfAbsent(cell.step, _ -> new ArrayList<>()).add(cell);
    }
    byAgent.forEach((agent, own) -> {
      if (own.size() > 1) {
        groups.add(new Shift(own, true, agent, null));
      }
    });
    byStep.forEach((step, own) -> {
      if (own.size() > 1) {
        groups.add(new Shift(own, false, null, step));
      }
    });
    for (Cell cell : cells) {
      groups.add(new Shift(List.of(cell), true, cell.agent, cell.step));
    }
    return groups;
  }

  private Effect effect(Shift shift) {
    double runs = 0;
    double millis = 0;
    for (Cell cell : shift.cells) {
      runs += sum(cell.runs, shift.day, days);
      millis += sum(cell.millis, shift.day, days);
    }
    return new Effect(
        shift.named,
        shift.agent,
        shift.step,
        shift.day,
        Math.exp(shift.log),
        shift.sureness,
        runs == 0 ? 0 : millis / runs,
        runs);
  }

  private static double sum(double[] numbers, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += numbers[i];
    }
    return sum;
  }

  /** All milliseconds of a cell. */
  public static double total(Cell cell) {
    return sum(cell.millis, 0, cell.millis.length);
  }
}
