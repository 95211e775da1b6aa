package dev.flightlog.wording;

/** Text put where markup is read, so that it stays text. Stateless. */
public final class Markup {
  private Markup() {}

  /**
   * Appends it as it may stand between the tags of HTML and, in quotation marks, in an attribute.
   */
  public static void html(String text, StringBuilder out) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      String as =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
          };
      if (as != null) {
        out.append(text, from, i).append(as);
        from = i + 1;
      }
    }
    out.append(text, from, text.length());
  }

  /** Without a meaning to Slack: no mention, and no link. */
  public static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
