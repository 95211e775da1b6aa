package dev.flightlog.home.checks;

import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.wording.Nearest;
import java.util.Arrays;
import java.util.List;

/** Names the keys of {@code config.json} that mean nothing, each with the nearest that does. */
final class SettingsCheck {
  private SettingsCheck() {}

  static Check of(Settings settings) {
    List<String> unknown = settings.unknownKeys();
    return Check.ok(
        "settings",
        unknown.isEmpty()
            ? "from " + settings.home().resolve("config.json") + ", the environment, and defaults"
            : "not used by this version: "
                + String.join(", ", unknown.stream().map(SettingsCheck::named).toList()));
  }

  private static String named(String key) {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::key).toList();
    List<String> nearest = Nearest.to(key, known, 1);
    return key + (nearest.isEmpty() ? "" : " (did you mean " + nearest.getFirst() + "?)");
  }
}
