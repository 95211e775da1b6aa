package dev.flightlog.analysis.sharing;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.wording.Markup;
import java.util.Locale;
import java.util.Map;

/**
 * A session as one HTML file: no script, no link, nothing from elsewhere, which its own content
 * security policy says, too. Stateless.
 */
public final class HtmlPage {
  /** What may be loaded by the page: its own style, and nothing else. */
  public static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  /** Longer passages are folded. */
  private static final int SHORT = 600;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884;--dim:#777;--bad:#c22;--you:#06c}
      body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
      h1{font-size:1.3rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
      dt{color:var(--dim)}dd{margin:0}
      article{border-left:3px solid var(--line);margin:.6rem 0;padding:.1rem .8rem}
      article.person{border-color:var(--you)}article.failed{border-color:var(--bad)}
      article.sub{margin-left:2rem}
      h2{font-size:.9rem;margin:.2rem 0}h2 time,.label{color:var(--dim);font-weight:normal}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0;font-size:.85rem}
      article.person pre,article.agent pre{font:inherit}
      summary{cursor:pointer;color:var(--dim)}
      @media print{details::details-content{content-visibility:visible}}
      """;

  private HtmlPage() {}

  /** The whole file. */
  public static String of(SharedSession session, Dates dates) {
    StringBuilder out = new StringBuilder(64 << 10);
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    out.append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>Session ");
    Markup.html(session.id, out);
    out.append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<header><h1>Session ");
    Markup.html(session.id, out);
    out.append("</h1>\n<dl>\n");
    for (Map.Entry<String, String> figure : Figures.of(session, dates).entrySet()) {
      out.append("<dt>").append(figure.getKey()).append("</dt><dd>");
      Markup.html(figure.getValue(), out);
      out.append("</dd>\n");
    }
    out.append("</dl></header>\n<main>\n");
    for (Entry entry : session.entries) {
      entry(entry, dates, out);
    }
    return out.append("</main></body></html>\n").toString();
  }

  private static void entry(Entry entry, Dates dates, StringBuilder out) {
    out.append("<article class=\"").append(entry.kind().name().toLowerCase(Locale.ROOT));
    out.append(entry.agent().isEmpty() ? "" : " sub").append("\"><h2>");
    Markup.html(
        entry.agent().isEmpty() ? entry.title() : entry.agent() + ": " + entry.title(), out);
    out.append(" <time>").append(dates.second(entry.micros())).append("</time></h2>\n");
    for (Entry.Passage passage : entry.passages()) {
      boolean folds = passage.text().length() > SHORT && !passage.label().isEmpty();
      if (folds) {
        out.append("<details><summary>").append(passage.label()).append(", ");
        out.append(passage.text().length()).append(" characters</summary>");
      } else if (!passage.label().isEmpty()) {
        out.append("<div class=\"label\">").append(passage.label()).append("</div>");
      }
      out.append("<pre>\n");
      Markup.html(passage.text(), out);
      out.append("</pre>").append(folds ? "</details>\n" : "\n");
    }
    out.append("</article>\n");
  }
}
