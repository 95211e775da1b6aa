package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.analysis.statistics.Significance;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the tests of a comparison must know of a story beyond its sums. */
final class StorySamples {
  private StorySamples() {}

  /** Asks for the bounds of both medians, whose ranks depend on how many there are. */
  static double medians(Selection selection, Group a, Group b, Filter storyA, Filter storyB) {
    double[] boundsA = bounds(selection, storyA, a.count(CompareInquiry.TIMED));
    double[] boundsB = bounds(selection, storyB, b.count(CompareInquiry.TIMED));
    return Significance.ofMedians(
        atLeastOne(a.real(CompareInquiry.MEDIAN)),
        boundsA[0],
        boundsA[1],
        atLeastOne(b.real(CompareInquiry.MEDIAN)),
        boundsB[0],
        boundsB[1]);
  }

  private static double[] bounds(Selection selection, Filter story, long samples) {
    double reach = Chance.reachOfMedian(samples);
    Measure low = Measure.percentile(Events.DURATION, 0.5 - reach);
    Measure high = Measure.percentile(Events.DURATION, 0.5 + reach);
    Group calls = selection.measure(Filter.and(story, Events.TOOL_CALLS), low, high);
    return new double[] {atLeastOne(calls.real(low)), atLeastOne(calls.real(high))};
  }

  private static double atLeastOne(@Nullable Double number) {
    return number == null ? Double.NaN : Math.max(number, 1);
  }

  /** Tokens of a model call, on the average of each day. */
  static double[] tokensByDay(Selection selection, Filter story) {
    TreeMap<Long, long[]> days = new TreeMap<>();
    Measure told = Measure.countOf(Events.TOKENS);
    Period.DAY.group(
        selection,
        Filter.and(story, Events.MODEL_CALLS),
        List.of(),
        List.of(Measures.TOKENS, told),
        (group, start) -> {
          long[] sums = days.computeIfAbsent(start, _ -> new long[2]);
          sums[0] += group.count(Measures.TOKENS);
          sums[1] += group.count(told);
        });
    return days.values().stream()
        .filter(sums -> sums[1] > 0)
        .mapToDouble(sums -> (double) sums[0] / sums[1])
        .toArray();
  }
}
