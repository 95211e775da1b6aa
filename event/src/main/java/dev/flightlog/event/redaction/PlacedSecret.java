package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is known by what stands around it: a command's option, a statement of SQL, a file's
 * form. The pattern, compiled when its anchor is first met, has the secret in its first group that
 * matched.
 */
final class PlacedSecret implements Detector {
  private final String kind;
  private final int lookback;
  private final String expression;
  private volatile @Nullable Pattern pattern;

  /**
   * @param lookback how far before the anchor the pattern may start
   */
  PlacedSecret(String kind, int lookback, String expression) {
    this.kind = kind;
    this.lookback = lookback;
    this.expression = expression;
  }

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    return true;
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    Window window = scan.windowAt(at);
    int index = window.indexOf(at);
    Matcher matcher = pattern().matcher(window);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    if (!scan.matches(matcher, index - lookback, index, at)) {
      return;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.start(group) >= 0) {
        report(scan, window, matcher.start(group), matcher.end(group));
        return;
      }
    }
  }

  private void report(Scan scan, Window window, int start, int end) {
    String text = window.text(start, end);
    if (!text.contains("[redacted:") && SecretValues.inUrl(text)) {
      scan.found(start, end, kind, false);
    }
  }

  private Pattern pattern() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = Pattern.compile(RuleBook.expanded(expression));
      pattern = compiled;
    }
    return compiled;
  }
}
