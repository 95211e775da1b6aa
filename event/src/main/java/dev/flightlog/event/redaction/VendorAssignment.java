package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Assignments;
import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of a vendor's form that is assigned to something with the vendor's name: {@code
 * CLOUDFLARE_API_KEY="..."}. Name and assignment are matched by code, the value by a pattern.
 */
final class VendorAssignment implements Detector {
  private static final int MOST_NAME = 30;
  private static final String[] SECRET_WORDS = {
    "key", "token", "secret", "pass", "pwd", "auth", "cred", "pat", "access", "bearer", "sid"
  };

  private final String id;
  private final String entropy;
  private final String expression;
  private volatile @Nullable Pattern pattern;

  VendorAssignment(String id, String entropy, String expression) {
    this.id = id;
    this.entropy = entropy;
    this.expression = expression;
  }

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    int i = end;
    int stop = Math.min(to, end + MOST_NAME);
    while (i < stop && (Bytes.isWord(bytes[i]) || bytes[i] == '.' || Bytes.isBlank(bytes[i]))) {
      i++;
    }
    return Assignments.operatorFollows(bytes, i, to);
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    Window window = scan.windowAt(at);
    int nameEnd = window.indexOf(end);
    int i = nameEnd;
    while (i - nameEnd < MOST_NAME
        && (Bytes.isWord(window.at(i)) || window.at(i) == '.' || Bytes.isBlank(window.at(i)))) {
      i++;
    }
    if (!namesSecret(window, nameEnd, i)) {
      return;
    }
    int value = Assignments.value(window, i);
    if (value < 0) {
      return;
    }
    Matcher matcher = pattern().matcher(window);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    if (!scan.matches(matcher, value, value, at)) {
      return;
    }
    String secret = window.text(matcher.start(), matcher.end());
    if (SecretValues.entropy(secret) >= Double.parseDouble(entropy) && SecretValues.mixed(secret)) {
      scan.found(matcher.start(), matcher.end(), id, true);
    }
  }

  private static boolean namesSecret(Window window, int from, int to) {
    String rest = window.text(from, to).toLowerCase(java.util.Locale.ROOT).trim();
    if (rest.isEmpty()) {
      return true;
    }
    for (String word : SECRET_WORDS) {
      if (rest.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private Pattern pattern() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = Pattern.compile("(?:" + expression + ")(?![A-Za-z0-9])");
      pattern = compiled;
    }
    return compiled;
  }

  String id() {
    return id;
  }
}
