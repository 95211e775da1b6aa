package dev.flightlog.dashboard.html;

import java.util.Locale;

/**
 * The attributes whose value is text. Those that a browser would follow or run are not among them:
 * a place to go to is a {@link Link}, and there is no style and no handler of events.
 */
public enum Attr {
  ARIA_CURRENT,
  ARIA_DESCRIBEDBY,
  ARIA_EXPANDED,
  ARIA_HIDDEN,
  ARIA_LABEL,
  ARIA_LABELLEDBY,
  ARIA_LIVE,
  ARIA_PRESSED,
  ARIA_SORT,
  AUTOCOMPLETE,
  CHECKED,
  CLASS,
  COLSPAN,
  CX,
  CY,
  D,
  DATA_CHART,
  DATA_COPY,
  DATA_KEY,
  DATA_LABEL,
  DATA_LIVE,
  DATA_UNIT,
  DATETIME,
  DISABLED,
  FOR,
  HEIGHT,
  HIDDEN,
  ID,
  INPUTMODE,
  MAXLENGTH,
  METHOD,
  NAME,
  OPEN,
  PATTERN,
  PLACEHOLDER,
  PRESERVE_ASPECT_RATIO("preserveAspectRatio"),
  R,
  REQUIRED,
  ROLE,
  RX,
  SCOPE,
  SELECTED,
  TABINDEX,
  TEXT_ANCHOR,
  TITLE,
  TRANSFORM,
  TYPE,
  VALUE,
  VIEW_BOX("viewBox"),
  WIDTH,
  X,
  X1,
  X2,
  Y,
  Y1,
  Y2;

  private final String attribute;

  Attr() {
    attribute = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Attr(String attribute) {
    this.attribute = attribute;
  }

  String attributeName() {
    return attribute;
  }
}
