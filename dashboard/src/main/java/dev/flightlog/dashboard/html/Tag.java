package dev.flightlog.dashboard.html;

/** The elements that pages are made of. What is not here cannot be made: no script, no style. */
public enum Tag {
  A("a"),
  ABBR("abbr"),
  ARTICLE("article"),
  ASIDE("aside"),
  BUTTON("button"),
  CAPTION("caption"),
  CIRCLE("circle"),
  CODE("code"),
  DATA("data"),
  DD("dd"),
  DETAILS("details"),
  DIV("div"),
  DL("dl"),
  DT("dt"),
  EM("em"),
  FIGCAPTION("figcaption"),
  FIGURE("figure"),
  FOOTER("footer"),
  FORM("form"),
  G("g"),
  H1("h1"),
  H2("h2"),
  H3("h3"),
  HEADER("header"),
  INPUT("input", true),
  KBD("kbd"),
  LABEL("label"),
  LI("li"),
  LINE("line"),
  MAIN("main"),
  NAV("nav"),
  OL("ol"),
  OPTION("option"),
  P("p"),
  PATH("path"),
  PRE("pre"),
  RECT("rect"),
  SECTION("section"),
  SELECT("select"),
  SMALL("small"),
  SPAN("span"),
  STRONG("strong"),
  SUMMARY("summary"),
  SVG("svg"),
  SVG_TEXT("text"),
  TABLE("table"),
  TBODY("tbody"),
  TD("td"),
  TFOOT("tfoot"),
  TH("th"),
  THEAD("thead"),
  TIME("time"),
  TITLE("title"),
  TR("tr"),
  UL("ul");

  private final String name;
  private final boolean empty;

  Tag(String name) {
    this(name, false);
  }

  Tag(String name, boolean empty) {
    this.name = name;
    this.empty = empty;
  }

  String tagName() {
    return name;
  }

  /** True when it has neither content nor an end. */
  boolean isEmpty() {
    return empty;
  }
}
