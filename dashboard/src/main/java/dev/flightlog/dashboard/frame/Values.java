package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.wording.Units;
import org.jspecify.annotations.Nullable;

/** Values as people read them in a table or a tile; the exact value stands in the title. */
public final class Values {
  /** So long an unclean end may still be news, in microseconds. */
  private static final long RECENT = 24L * 3600 * 1_000_000;

  private Values() {}

  /** What nobody told. */
  public static Html unknown() {
    return Element.of(Tag.SPAN, "–").of("unknown").with(Attr.TITLE, "not known");
  }

  /** A text of a log; a dash when there is none. */
  public static Html text(@Nullable String text) {
    return text == null || text.isBlank() ? unknown() : Html.text(text);
  }

  /** A text of a log in a cell that cuts it; whole in the title. */
  public static Html cut(@Nullable String text) {
    return text == null || text.isBlank()
        ? unknown()
        : Element.of(Tag.SPAN, text).of("cut").with(Attr.TITLE, text);
  }

  public static Html count(@Nullable Long number) {
    return number == null ? unknown() : exact(Units.count(number), number.toString());
  }

  /** A count that shows what it counts. */
  public static Html count(@Nullable Long number, Link events) {
    return number == null || number == 0 ? count(number) : Element.link(events, count(number));
  }

  /** A count of something bad. */
  public static Html failures(@Nullable Long number, Link events) {
    return number == null || number == 0
        ? count(number)
        : Element.link(events, count(number)).of("bad");
  }

  public static Html tokens(@Nullable Number tokens) {
    return tokens == null
        ? unknown()
        : exact(Units.tokens(tokens.doubleValue()), Units.count(tokens.longValue()) + " tokens");
  }

  public static Html duration(@Nullable Number millis) {
    return millis == null
        ? unknown()
        : exact(Units.duration(millis.doubleValue()), Units.count(millis.longValue()) + " ms");
  }

  public static Html share(@Nullable Double share) {
    return share == null ? unknown() : exact(Units.share(share), share * 100 + " %");
  }

  /** Known costs; a lower bound when calls of unknown price are among what was added up. */
  public static Html cost(@Nullable Double usd, @Nullable Long unpriced) {
    long missing = unpriced == null ? 0 : unpriced;
    String more = Units.count(missing, "call") + " of unknown price";
    if (usd == null) {
      return missing > 0
          ? Element.of(Tag.SPAN, "unknown").of("unknown").with(Attr.TITLE, more)
          : unknown();
    }
    return missing > 0
        ? exact("≥ " + Units.dollars(usd), "$" + usd + ", and " + more)
        : exact(Units.dollars(usd), "$" + usd);
  }

  private static Html exact(String shown, String exact) {
    return Element.of(Tag.DATA, shown).with(Attr.VALUE, exact).with(Attr.TITLE, exact);
  }

  /** A state as a word in its colour. */
  public static Html state(String word) {
    return Element.of(Tag.SPAN, word.replace('_', ' ')).of("state").of(tone(word));
  }

  /**
   * How a session stands. What its source does not tell has a question mark, and alarms nobody when
   * it is old.
   *
   * @param last when it was heard of last, in microseconds since 1970
   */
  public static Html standing(String word, boolean certain, @Nullable Long last, long now) {
    Element told = Element.of(Tag.SPAN, word.replace('_', ' ') + (certain ? "" : "?")).of("state");
    boolean old = last == null || now - last > RECENT;
    return certain
        ? told.of(tone(word))
        : told.of(old ? tone("") : tone(word))
            .with(Attr.TITLE, "its source does not tell, so it may be otherwise");
  }

  private static String tone(String word) {
    return switch (word) {
      case "running", "working", "trial", "open" -> "run";
      case "waiting", "queued", "proposed", "parked", "incomplete", "flaky" -> "wait";
      case "failed", "ended_unclean", "WRONG", "harms", "error" -> "fail";
      case "succeeded", "ok", "adopted", "works", "better" -> "good";
      default -> "idle";
    };
  }

  /** A command to be typed elsewhere, with a button that copies it. */
  public static Html command(String command) {
    return Element.of(
            Tag.SPAN,
            Element.of(Tag.CODE, command),
            Element.of(Tag.BUTTON, "copy")
                .with(Attr.TYPE, "button")
                .with(Attr.DATA_COPY, command)
                .with(Attr.ARIA_LABEL, "Copy " + command)
                .flag(Attr.HIDDEN, true))
        .of("command");
  }
}
