package dev.flightlog.logback;

import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.files.RunFolder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an event of a logging library belongs, as its MDC tells it.
 *
 * @param run null when the MDC names none
 * @param framework null when the MDC names none
 * @param step {@link RunFolder#NO_STEP} for none
 * @param unreadable what stands in the place of a step and is none, or null
 */
record Place(
    @Nullable String run, @Nullable String framework, long step, @Nullable String unreadable) {

  /** The names under which it stands in the MDC. */
  record Keys(String framework, String run, String step) {}

  private static final Place NONE = new Place(null, null, RunFolder.NO_STEP, null);

  static Place of(Map<String, String> mdc, Keys keys) {
    if (mdc.isEmpty()) {
      return NONE;
    }
    String step = text(mdc, keys.step());
    long number = step == null ? RunFolder.NO_STEP : number(step);
    return new Place(
        text(mdc, keys.run()),
        text(mdc, keys.framework()),
        number,
        number == RunFolder.NO_STEP ? step : null);
  }

  private static @Nullable String text(Map<String, String> mdc, String key) {
    String value = mdc.get(key);
    return value == null || value.isBlank() ? null : value;
  }

  private static long number(String text) {
    try {
      long number = Long.parseLong(text.strip());
      return number < 0 || number > FlightRun.LARGEST_STEP ? RunFolder.NO_STEP : number;
    } catch (NumberFormatException e) {
      return RunFolder.NO_STEP;
    }
  }
}
