package dev.flightlog.home.questions;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Freshness;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.SourceIntake;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.function.Supplier;

/** Makes what answers the questions of a home, as its settings say. Stateless. */
public final class HomeAnswerer {
  private HomeAnswerer() {}

  /**
   * Answers from an index, after what is new was taken in.
   *
   * @param index stays open while it is asked
   * @param freshness takes in what is new before each answer
   * @param current the settings of now: of those that may change while a program runs, the bound of
   *     tokens is asked at each call
   */
  public static Answerer of(Index index, Freshness freshness, Supplier<Settings> current) {
    Home home = index.home();
    Settings settings = current.get();
    return new Answerer(
            index.store(),
            new TokenEstimate(settings.real(Setting.TOKEN_FACTOR)),
            home.clock().withZone(settings.zone()))
        .bounded(() -> current.get().number(Setting.MAX_TOKENS))
        .after(freshness, SourceIntake.bound(settings))
        .pricedBy(pricing(home));
  }

  /** Today's prices, those of the home's own table before the built-in ones. */
  public static Pricing pricing(Home home) {
    return new TablePricing(home.path().resolve("prices.json"));
  }
}
