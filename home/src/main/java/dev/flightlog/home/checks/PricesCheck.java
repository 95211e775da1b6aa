package dev.flightlog.home.checks;

import dev.flightlog.formats.usage.Prices;
import dev.flightlog.home.Home;
import java.io.IOException;

/** Whether the price table of one's own can be read. */
final class PricesCheck {
  private PricesCheck() {}

  static Check of(Home home) throws IOException {
    Prices prices = Prices.load(home.path().resolve("prices.json"));
    if (!prices.problems().isEmpty()) {
      return Check.wrong("prices", String.join("; ", prices.problems()));
    }
    return Check.ok(
        "prices",
        prices.models().size() + " models, as of " + prices.date() + ": flightlog prices");
  }
}
