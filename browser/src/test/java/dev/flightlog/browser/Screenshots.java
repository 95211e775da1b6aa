package dev.flightlog.browser;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes pictures of pages of a running server, for people who change how these look: {@code
 * Screenshots http://127.0.0.1:4280 FOLDER /sessions /tasks}.
 */
final class Screenshots {
  private Screenshots() {}

  static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Path profile = Files.createTempDirectory("flightlog-chromium");
    try (Chromium chromium = Chromium.start(Chromium.installed().orElseThrow(), profile)) {
      Tab tab = chromium.tab();
      for (int i = 2; i < arguments.length; i++) {
        String name = arguments[i].replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        for (int width : new int[] {1440, 390}) {
          for (boolean dark : new boolean[] {false, true}) {
            tab.look(width, 900, dark);
            tab.go(arguments[0] + arguments[i]);
            tab.until(
                "!document.querySelector('[data-chart]') || document.querySelector('canvas')");
            Path file =
                folder.resolve(
                    (name.isEmpty() ? "now" : name) + "-" + width + (dark ? "-dark" : "") + ".png");
            Files.write(file, tab.screenshot(width, 2600, dark));
          }
        }
      }
    }
  }
}
