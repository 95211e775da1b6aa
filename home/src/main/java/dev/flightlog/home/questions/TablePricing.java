package dev.flightlog.home.questions;

import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Prices of the built-in table and of a file, which is read anew when it changes. */
final class TablePricing implements Pricing {
  /** An answer prices thousands of groups: not each of them looks at the file, in nanoseconds. */
  private static final long LOOKS_EVERY = 100_000_000;

  private final Path own;
  private @Nullable Prices prices;
  private @Nullable FileTime read;
  private long looked;

  TablePricing(Path own) {
    this.own = own;
  }

  @Override
  public double cost(@Nullable String model, @Nullable String billing, Tokens tokens) {
    Rates rates = prices().rates(model, billing);
    return rates == null
        ? Double.NaN
        : rates.cost(
            tokens.input(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.cacheWrite(),
            tokens.cacheWrite1h(),
            tokens.searches());
  }

  private synchronized Prices prices() {
    Prices known = prices;
    long now = System.nanoTime();
    if (known != null && now - looked < LOOKS_EVERY) {
      return known;
    }
    looked = now;
    FileTime changed = changed();
    if (known == null || !java.util.Objects.equals(changed, read)) {
      known = Prices.load(changed == null ? null : own);
      prices = known;
      read = changed;
    }
    return known;
  }

  private @Nullable FileTime changed() {
    try {
      return Files.getLastModifiedTime(own);
    } catch (IOException e) {
      return null;
    }
  }
}
