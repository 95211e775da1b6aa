package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Assignments;
import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.SecretNames;
import dev.flightlog.event.redaction.text.SecretValues;
import dev.flightlog.event.redaction.text.Window;
import org.jspecify.annotations.Nullable;

/**
 * A value assigned to a name that says it is secret: in code, JSON, env files, YAML, XML, command
 * lines, connection strings, query strings and headers. The name is judged by {@link SecretNames},
 * the value by {@link SecretValues}.
 */
final class AssignedSecret implements Detector {
  private static final int MOST_NAME = 48;
  private static final int CLASSIFYING = 300;
  private static final int MOST_VALUE = 1024;
  private static final String[] SCHEMES = {"bearer", "basic", "token", "digest", "apikey", "key"};

  @Override
  public boolean plausible(byte[] bytes, int from, int to, int at, int end) {
    int i = end;
    if (i < to && (bytes[i] | 0x20) == 's' && (bytes[i - 1] | 0x20) == 'n') {
      return false; // "tokens" counts them
    }
    int stop = Math.min(to, end + MOST_NAME);
    while (i < stop && Bytes.isWord(bytes[i])) {
      i++;
    }
    if (i >= to) {
      return false;
    }
    if (bytes[i] == ' ' && i + 1 < to && bytes[i + 1] != '=' && bytes[i + 1] != ':') {
      return isFlag(bytes, from, at);
    }
    return Assignments.operatorFollows(bytes, i, to);
  }

  private static boolean isFlag(byte[] bytes, int from, int at) {
    int start = at;
    while (start > from && at - start < MOST_NAME && Bytes.isWord(bytes[start - 1])) {
      start--;
      if (bytes[start] == '-' && bytes[start + 1] == '-') {
        return true;
      }
    }
    return start - from >= 4
        && bytes[start - 1] == ' '
        && bytes[start - 2] == 'V'
        && bytes[start - 3] == 'N'
        && bytes[start - 4] == 'E';
  }

  @Override
  public void inspect(Scan scan, int at, int end) {
    Window window = scan.windowAt(at);
    int hit = window.indexOf(at);
    int nameEnd = window.indexOf(end);
    while (Bytes.isWord(window.at(nameEnd)) && nameEnd - hit < MOST_NAME) {
      nameEnd++;
    }
    int nameStart = hit;
    while (isNamePart(window.at(nameStart - 1)) && hit - nameStart < MOST_NAME) {
      nameStart--;
    }
    scan.spend(nameEnd - nameStart);
    if (!scan.firstLookAtName(window.source(nameStart)) || isPseudonym(window, nameStart)) {
      return;
    }
    scan.spend(CLASSIFYING);
    SecretNames.Kind kind = SecretNames.classify(window.text(nameStart, nameEnd));
    if (kind == SecretNames.Kind.NONE) {
      return;
    }
    Value value = valueOf(window, nameStart, nameEnd);
    if (value != null) {
      scan.spend(value.end - value.start);
      judge(scan, window, kind, value);
    }
  }

  private static boolean isNamePart(int c) {
    return Bytes.isWord(c) || c == '.';
  }

  /** The colon before the name may be the one in {@code [redacted:<kind>:<pseudonym>]}. */
  private static boolean isPseudonym(Window window, int nameStart) {
    return window.startsWith("[redacted:", nameStart - 10);
  }

  private record Value(int start, int end, boolean marked) {}

  private static @Nullable Value valueOf(Window window, int nameStart, int nameEnd) {
    boolean flag =
        window.at(nameStart) == '-' && window.at(nameStart + 1) == '-'
            || window.startsWith("ENV ", nameStart - 4);
    int i = nameEnd;
    if (flag && window.at(i) == ' ') {
      return delimited(window, i + 1, true);
    }
    if (window.at(i) == '>' && window.at(nameStart - 1) == '<') {
      return upTo(window, i + 1, '<');
    }
    int most = i + 4;
    while (i < most
        && (Bytes.isQuote(window.at(i)) || window.at(i) == ']' || window.at(i) == ')')) {
      i++;
    }
    boolean spaced = Bytes.isBlank(window.at(i));
    most = i + 4;
    while (i < most && Bytes.isBlank(window.at(i))) {
      i++;
    }
    int operator = i;
    while (i < operator + 2
        && (window.at(i) == '=' || window.at(i) == ':' || window.at(i) == '?')) {
      i++;
    }
    if (window.at(i) == '>' && i > operator) {
      i++;
    }
    boolean compares = i - operator == 2 && window.at(operator) == '=' && window.at(i - 1) == '=';
    if (i == operator || compares || window.at(i) == '=') {
      return null;
    }
    boolean env =
        !spaced
            && window.at(operator) == '='
            && (flag
                || Bytes.isUpper(window.at(nameEnd - 1))
                || Bytes.isDigit(window.at(nameEnd - 1)));
    most = i + 6;
    while (i < most && Bytes.isBlank(window.at(i))) {
      i++;
    }
    return delimited(window, i, env);
  }

  private static Value upTo(Window window, int start, int delimiter) {
    int i = start;
    while (i - start < MOST_VALUE && window.at(i) != 0 && window.at(i) != delimiter) {
      i++;
    }
    return new Value(start, i, true);
  }

  private static @Nullable Value delimited(Window window, int start, boolean marked) {
    int quote = window.at(start);
    if (Bytes.isQuote(quote)) {
      int width = window.width(start);
      int i = start + 1;
      while (i - start < MOST_VALUE
          && window.at(i) != 0
          && (window.at(i) != quote || window.width(i) > width)) {
        i++;
      }
      return new Value(start + 1, i, true);
    }
    int i = start;
    while (i - start < MOST_VALUE && !endsValue(window.at(i), marked)) {
      i++;
    }
    int c = window.at(i);
    boolean code = !marked && (c == '(' || c == '[' || c == '{' || c == '<');
    if (code) {
      return null;
    }
    while (i > start && (window.at(i - 1) == '.' || window.at(i - 1) == ':')) {
      i--;
    }
    return new Value(start, i, marked);
  }

  private static boolean endsValue(int c, boolean marked) {
    return switch (c) {
      case 0, ' ', '\t', '\n', '\r', '"', '\'', '`', ';', '&' -> true;
      case ',', '|', '<', '>', '(', ')', '[', ']', '{', '}' -> !marked;
      default -> c < ' ';
    };
  }

  private static void judge(Scan scan, Window window, SecretNames.Kind kind, Value value) {
    if (window.startsWith("[redacted:", value.start)) {
      return;
    }
    String text = window.text(value.start, value.end);
    switch (kind) {
      case PASSWORD -> {
        if (SecretValues.chosen(text, value.marked)) {
          report(scan, window, value, "password");
        }
      }
      case TOKEN -> {
        if (SecretValues.random(text)) {
          report(scan, window, value, "token");
        }
      }
      case AUTHORIZATION -> authorization(scan, window, value);
      case COOKIE -> cookie(scan, window, value);
      case NONE -> {}
    }
  }

  /** A value that goes on behind the window is followed to the end of its run. */
  private static void report(Scan scan, Window window, Value value, String kind) {
    boolean whole = value.end - value.start < MOST_VALUE - 1 && value.end < window.length();
    if (whole || !window.cut()) {
      scan.found(value.start, value.end, kind, false);
    } else {
      scan.foundToEndOfRun(window.source(value.start), window.source(value.end), kind);
    }
  }

  private static void authorization(Scan scan, Window window, Value value) {
    int start = value.start;
    for (String scheme : SCHEMES) {
      int after = start + scheme.length();
      if (window.at(after) == ' ' && window.text(start, after).equalsIgnoreCase(scheme)) {
        start = after + 1;
        break;
      }
    }
    int end = start;
    while (end - start < MOST_VALUE && !endsValue(window.at(end), true)) {
      end++;
    }
    String text = window.text(start, end);
    boolean schemed = start > value.start;
    if (text.startsWith("[redacted:")) {
      return;
    }
    if (SecretValues.random(text)
        || schemed && SecretValues.chosen(text, true) && end - start >= 8) {
      report(scan, window, new Value(start, end, true), "authorization");
    }
  }

  private static void cookie(Scan scan, Window window, Value value) {
    int end = value.start;
    boolean pair = false;
    while (end - value.start < MOST_VALUE) {
      int c = window.at(end);
      if (c == 0 || c == '"' || c == '\'' || c == '\n' || c == '\r') {
        break;
      }
      pair |= c == '=' && end > value.start;
      end++;
    }
    int equals = value.start;
    while (equals < end && window.at(equals) != '=') {
      equals++;
    }
    String first = window.text(Math.min(equals + 1, end), end);
    boolean done = window.text(value.start, end).contains("[redacted:");
    if (pair && !done && first.length() >= 4 && !SecretValues.isPlaceholder(first)) {
      report(scan, window, new Value(value.start, end, true), "cookie");
    }
  }
}
