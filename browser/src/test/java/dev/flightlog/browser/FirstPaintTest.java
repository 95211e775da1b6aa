package dev.flightlog.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.dashboard.frame.PageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a page brings with it. With {@code -Dflightlog.browser.address=http://127.0.0.1:PORT} the
 * pages of a server that is running are looked at, and how soon each was painted is printed: the
 * median of five views with an empty cache.
 */
class FirstPaintTest {
  private static final int MOST_BYTES = 500_000;

  @TempDir Path folder;

  @Test
  void aPageAndAllItNeedsAreBelowFiveHundredKilobytes() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.out.println("NOT TESTED: the weight of pages in a browser, there is no Chromium");
      return;
    }
    String address = System.getProperty("flightlog.browser.address", "");
    try (Chromium chromium = Chromium.start(program.get(), folder.resolve("profile"))) {
      if (!address.isEmpty()) {
        weigh(chromium, address, 5);
        return;
      }
      try (Site site = new Site(folder.resolve("site"))) {
        site.fill();
        weigh(chromium, site.url(""), 1);
      }
    }
  }

  private static void weigh(Chromium chromium, String address, int views) throws IOException {
    Tab tab = chromium.tab();
    tab.look(1280, 900, false);
    tab.withoutCache();
    for (PageName page : PageName.values()) {
      double[] painted = new double[views];
      double bytes = 0;
      for (int i = 0; i < views; i++) {
        tab.go(address + page.path());
        tab.until("performance.getEntriesByName('first-contentful-paint').length");
        painted[i] =
            number(tab, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
        bytes =
            number(
                tab,
                "performance.getEntriesByType('navigation').concat("
                    + "performance.getEntriesByType('resource'))"
                    // What is asked for later, by a page that keeps itself up to date, is no part.
                    + ".filter(entry => entry.initiatorType !== 'fetch')"
                    + ".reduce((sum, entry) => sum + entry.transferSize, 0)");
      }
      if (views > 1) {
        java.util.Arrays.sort(painted);
        System.out.printf(
            "%-10s first paint %5.0f ms, at most %5.0f ms; %4.0f kB%n",
            page.path(), painted[views / 2], painted[views - 1], bytes / 1000);
      }
      assertThat(bytes).as("bytes of %s", page.path()).isBetween(1_000.0, (double) MOST_BYTES);
    }
  }

  private static double number(Tab tab, String expression) {
    return Double.parseDouble(tab.text(expression));
  }
}
