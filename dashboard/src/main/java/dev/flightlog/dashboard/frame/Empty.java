package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;

/** What a section says when there is nothing to show: why, and what to do. Stateless. */
public final class Empty {
  private Empty() {}

  /** Nothing there yet; the command brings something. */
  public static Html because(String why, String command) {
    return box(Html.text(why), Values.command(command));
  }

  /** Nothing there, and nothing to be done. */
  public static Html because(String why) {
    return box(Html.text(why), Html.NONE);
  }

  /** Nothing in what the reader narrowed to. */
  public static Html narrowed(String why, Link wider) {
    return box(Html.text(why), Element.link(wider, "Show all"));
  }

  private static Html box(Html why, Html what) {
    return Element.of(Tag.DIV, Element.of(Tag.P, why), Element.of(Tag.P, what)).of("empty");
  }
}
