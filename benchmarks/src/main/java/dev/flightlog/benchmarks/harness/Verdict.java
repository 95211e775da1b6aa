package dev.flightlog.benchmarks.harness;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A target and what came of it.
 *
 * @param measured our median
 * @param peer whom it is held against; null for a bound of its own
 * @param peerValue the peer's median
 * @param ratio the median of the rounds' ratios, ours to theirs; for a bound, ours to the bound
 */
public record Verdict(
    String what,
    String target,
    double measured,
    String unit,
    @Nullable String peer,
    double peerValue,
    double ratio,
    boolean met) {

  /** Ours is at most this share of the peer's. */
  public static Verdict atMost(
      String what, double share, Measurements of, String ours, String peer, String metric) {
    double ratio = of.ratio(ours, peer, metric);
    String target = "<= " + Report.number(share) + " x";
    return against(what, target, of, ours, peer, metric, ratio, ratio <= share);
  }

  /** Ours is at least so many times the peer's. */
  public static Verdict atLeast(
      String what, double times, Measurements of, String ours, String peer, String metric) {
    double ratio = of.ratio(ours, peer, metric);
    String target = ">= " + Report.number(times) + " x";
    return against(what, target, of, ours, peer, metric, ratio, ratio >= times);
  }

  /** Ours is at most this number. */
  public static Verdict bound(
      String what, double most, Measurements of, String ours, String metric) {
    double measured = of.median(ours, metric);
    String target = "<= " + Report.number(most);
    return new Verdict(
        what, target, measured, metric, null, most, share(measured, most), measured <= most);
  }

  /** Ours is at least this number. */
  public static Verdict floor(
      String what, double least, Measurements of, String ours, String metric) {
    double measured = of.median(ours, metric);
    String target = ">= " + Report.number(least);
    return new Verdict(
        what, target, measured, metric, null, least, share(measured, least), measured >= least);
  }

  private static double share(double measured, double bound) {
    return measured == bound ? 1 : measured / bound;
  }

  /** The peer among these whose median is largest. */
  public static String largest(Measurements of, Collection<String> peers, String metric) {
    return peers.stream()
        .max((a, b) -> Double.compare(of.median(a, metric), of.median(b, metric)))
        .orElseThrow();
  }

  private static Verdict against(
      String what,
      String target,
      Measurements of,
      String ours,
      String peer,
      String metric,
      double ratio,
      boolean met) {
    return new Verdict(
        what, target, of.median(ours, metric), metric, peer, of.median(peer, metric), ratio, met);
  }
}
