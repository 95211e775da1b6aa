package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token with a form of its own. The pattern is compiled when its anchor is first met. */
final class TokenFormat implements Detector {
  /** At a word, or behind a percent code, a terminal's code, an underscore. */
  static final String WORD_BEGINS =
      "(?:(?<![A-Za-z0-9+/])|(?<=%(?:25){0,3}[0-9A-Fa-f]{2})|(?<=\\x1b\\[[0-9;]{0,9}[A-Za-z]))";

  private static final String START =
      "(?:\\b|(?<=_)|(?<=%(?:25){0,3}[0-9A-Fa-f]{2})|(?<=\\x1b\\[[0-9;]{0,9}[A-Za-z]))";

  /** From here on the anchor stands within the token, never behind a blank. */
  private static final int FAR_BACK = 16;

  private final String id;
  private final int lookback;
  private final int lead;
  private final boolean blobProne;
  private final String expression;
  private volatile @Nullable Pattern pattern;

  /**
   * @param lookback how far before the anchor the token may start
   * @param lead how many word characters follow the anchor at least
   * @param blobProne whether the anchor is so plain that it turns up inside base64
   */
  TokenFormat(String id, int lookback, int lead, boolean blobProne, String expression) {
    this.id = id;
    this.lookback = lookback;
    this.lead = Math.min(lead, 32);
    this.blobProne = blobProne;
    this.expression = expression;
  }

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    if (to - end < lead) {
      return false;
    }
    for (int i = end; i < end + lead; i++) {
      if (!Bytes.isWord(bytes[i])) {
        return false;
      }
    }
    if (at == from) {
      return lookback < FAR_BACK;
    }
    int before = bytes[at - 1];
    if (lookback >= FAR_BACK && !Bytes.isWord(before) && "+/=%~.".indexOf(before) < 0) {
      return false;
    }
    if (!blobProne) {
      return true;
    }
    boolean afterHyphen = before == '-' || before == '_';
    return before != '/' && before != '+' && (afterHyphen || Bytes.startsAfresh(bytes, from, at));
  }

  @Override
  public int following() {
    return lead;
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
    int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
    int stop = matcher.end(group);
    if (blobProne && (window.at(stop) == '/' || window.at(stop) == '+')) {
      return;
    }
    while (Bytes.isAlnum(window.at(stop))) {
      stop++;
    }
    int sourceEnd = window.source(stop);
    if (stop == window.length()) {
      sourceEnd = restOfRun(scan, sourceEnd);
    }
    scan.foundInSource(window.source(matcher.start(group)), sourceEnd, id, true);
  }

  private static int restOfRun(Scan scan, int end) {
    int stop = end;
    while (stop < scan.to() && Bytes.isWord(scan.bytes()[stop])) {
      stop++;
    }
    return stop;
  }

  /** A word may also begin behind a percent code or a terminal's colour code. */
  private static String withTextualBoundary(String expression) {
    int at = expression.startsWith("(?i)") ? 4 : 0;
    return expression.startsWith("\\b", at)
        ? expression.substring(0, at) + START + expression.substring(at + 2)
        : expression;
  }

  private Pattern pattern() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = Pattern.compile(withTextualBoundary(RuleBook.expanded(expression)));
      pattern = compiled;
    }
    return compiled;
  }

  String id() {
    return id;
  }
}
