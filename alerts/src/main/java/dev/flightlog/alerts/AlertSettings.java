package dev.flightlog.alerts;

import dev.flightlog.alerts.rules.Limits;
import dev.flightlog.alerts.sending.Target;
import dev.flightlog.alerts.state.QuietHours;
import dev.flightlog.analysis.arguments.Dates;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people want to be told, and how.
 *
 * @param enabled false when nothing is looked at
 * @param off names of rules that are not looked at
 * @param quiet when no message is sent; null for never
 * @param dates the zone of the quiet hours and of days, weeks and months
 */
public record AlertSettings(
    boolean enabled,
    Set<String> off,
    Limits limits,
    List<Target> targets,
    @Nullable QuietHours quiet,
    Dates dates) {
  public AlertSettings {
    off = Set.copyOf(off);
    targets = List.copyOf(targets);
  }
}
