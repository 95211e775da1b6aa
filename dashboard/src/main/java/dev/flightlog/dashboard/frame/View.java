package dev.flightlog.dashboard.frame;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.Units;
import org.jspecify.annotations.Nullable;

/**
 * How one reader sees the pages now: narrowed to what, at which time, in which zone. Immutable.
 *
 * @param now in microseconds since 1970
 */
public record View(Scope scope, long now, Dates dates) {

  /** A page of ours, narrowed as this one is. */
  public Link to(String path) {
    return scope.on(Link.to(path));
  }

  /** The events that are counted somewhere, one by one; narrowed further by the caller. */
  public Link events() {
    return to(PageName.SEARCH.path());
  }

  /** A session. */
  public Link session(String id) {
    return Link.to("/session").with("id", id);
  }

  /**
   * A run of an experiment.
   *
   * @param framework empty when it is not known
   */
  public Link run(String framework, String id) {
    return Link.to("/run").with("framework", framework).with("id", id);
  }

  /** One event with all it has. */
  public Link event(String id) {
    return Link.to("/event").with("id", id);
  }

  /** A time: how long ago, and exactly when the pointer rests on it. */
  public Html ago(@Nullable Long micros) {
    return micros == null ? Values.unknown() : time(micros, Units.ago(micros, now));
  }

  /** A time: the day and the minute. */
  public Html at(@Nullable Long micros) {
    return micros == null ? Values.unknown() : time(micros, dates.wholeMinute(micros));
  }

  /** A time: the second of the day. */
  public Html clock(long micros) {
    return time(micros, dates.second(micros).substring(11, 19));
  }

  /** A time as given words. */
  public Html time(long micros, String words) {
    return Element.of(Tag.TIME, words)
        .with(Attr.DATETIME, Timestamps.text(micros))
        .with(Attr.TITLE, dates.second(micros) + (dates.isUtc() ? "" : " " + dates.name()));
  }
}
