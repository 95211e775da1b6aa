package dev.flightlog.benchmarks.understanding;

import java.util.Locale;

/** A share with its 95 % interval by Wilson (1927). */
public record Wilson(double hits, int of) {
  private static final double Z = 1.959964;

  public double percent() {
    return of == 0 ? 0 : 100 * hits / of;
  }

  double low() {
    return Math.max(0, centre() - reach());
  }

  double high() {
    return centre() + reach();
  }

  private double centre() {
    double p = hits / Math.max(1, of);
    return 100 * (p + Z * Z / (2 * of)) / (1 + Z * Z / of);
  }

  private double reach() {
    double p = hits / Math.max(1, of);
    return 100 * Z * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of)) / (1 + Z * Z / of);
  }

  @Override
  public String toString() {
    return of == 0
        ? "none"
        : String.format(Locale.ROOT, "%.1f %% (%.0f to %.0f)", percent(), low(), high());
  }
}
