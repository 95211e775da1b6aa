package dev.flightlog.dashboard.html;

import dev.flightlog.wording.Markup;
import dev.flightlog.wording.SafeText;
import java.util.List;

/**
 * A piece of a page. Immutable. Text is always text: what has a meaning in HTML is escaped, and
 * what has no glyph (controls, bidirectional marks, invisible characters) is shown as an escape.
 */
public sealed interface Html permits Element, Html.Text, Html.Group {
  /** Nothing. */
  Html NONE = new Group(List.of());

  /** Characters, as they were logged. */
  record Text(String text) implements Html {}

  /** Pieces one after another. */
  record Group(List<Html> pieces) implements Html {
    public Group {
      pieces = List.copyOf(pieces);
    }
  }

  static Html text(String text) {
    return new Text(text);
  }

  static Html all(Html... pieces) {
    return new Group(List.of(pieces));
  }

  static Html all(List<? extends Html> pieces) {
    return new Group(List.copyOf(pieces));
  }

  /** True when it shows nothing. */
  default boolean isNothing() {
    return switch (this) {
      case Text text -> text.text().isEmpty();
      case Group group -> group.pieces().stream().allMatch(Html::isNothing);
      case Element _ -> false;
    };
  }

  /** As a browser reads it. */
  default String render() {
    StringBuilder out = new StringBuilder(4096);
    renderTo(out);
    return out.toString();
  }

  /** Writes it behind what is there. */
  default void renderTo(StringBuilder out) {
    switch (this) {
      case Text text -> Markup.html(SafeText.multiline(text.text()), out);
      case Group group -> group.pieces().forEach(piece -> piece.renderTo(out));
      case Element element -> element.write(out);
    }
  }
}
