package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Html;
import java.util.ArrayList;
import java.util.List;

/**
 * A page without what all pages share. Immutable.
 *
 * @param name where it belongs in the navigation
 * @param title of this page; that of the name for the page itself
 * @param lead one sentence below the title
 * @param scoped true when what the reader narrowed to counts here
 * @param every how often it is renewed although no event arrives, in milliseconds; 0 for never
 */
public record Page(
    PageName name, String title, Html lead, boolean scoped, int every, List<Section> sections) {
  public Page {
    sections = List.copyOf(sections);
  }

  /** The page of that name, which the reader's narrowing counts for. */
  public static Page of(PageName name, Section... sections) {
    return new Page(name, name.title(), Html.text(name.answers()), true, 0, List.of(sections));
  }

  /** A page below that of the name, about one thing. */
  public static Page below(PageName name, String title, Html lead, Section... sections) {
    return new Page(name, title, lead, false, 0, List.of(sections));
  }

  public Page lead(Html sentence) {
    return new Page(name, title, sentence, scoped, every, sections);
  }

  public Page unscoped() {
    return new Page(name, title, lead, false, every, sections);
  }

  public Page every(int millis) {
    return new Page(name, title, lead, scoped, millis, sections);
  }

  public Page and(Section more) {
    List<Section> all = new ArrayList<>(sections);
    all.add(more);
    return new Page(name, title, lead, scoped, every, all);
  }
}
