package dev.flightlog.event.redaction.text;

/**
 * The lines of a private key as they are met in logs: bare, escaped, numbered by an editor, with
 * file names, diff signs, quotes of a mail or a list, or a time in front. What is no line of a key
 * ends it, so that a key which was cut takes nothing else with it.
 *
 * <p>A line is taken when it holds a run of base64 to its end, behind the same prefix as the line
 * that began the key (digits and punctuation may differ) or behind one without letters. For one
 * thread.
 */
public final class KeyLines {
  /** Fewer characters of a key than these are no secret. */
  public static final int LEAST_BODY = 6;

  /** Fewer characters before the mark that ends a key are none of it. */
  public static final int LEAST_TAIL = 16;

  /** From here on a run of base64 is one whatever stands behind it. */
  private static final int FULL_LINE = 32;

  private static final int MOST_LIGHT = 64;
  private static final int MOST_PREFIX = 160;
  private static final int MOST_HEADER = 256;
  private static final int MOST_GAP = 200;
  private static final int FULL_RANDOM = 56;
  private static final String[] HEADERS = {
    "Proc-Type:",
    "DEK-Info:",
    "Version:",
    "Comment:",
    "Hash:",
    "Charset:",
    "MessageID:",
    "Subject:",
    "Encryption:",
    "Public-Lines:",
    "Private-Lines:",
    "Private-MAC:",
    "Key-Derivation:",
    "Argon2-"
  };

  private final EscapedText text = new EscapedText();
  private final EscapedText prefix = new EscapedText();
  private byte[] bytes = {};
  private int to;
  private byte[] first = {};
  private int prefixFrom;
  private int prefixTo;
  private boolean list;
  private int body;
  private int end;
  private boolean complete;
  private boolean tail;
  private int firstRun;
  private int runEnd;
  private int upper;
  private int lower;
  private int digits;
  private int changes;

  /**
   * Sets the text in front of the key's first line, which its other lines repeat.
   *
   * @param limit where the text ends, or the JSON string in which the key stands
   * @param begin where the mark that begins the key stands
   */
  public void begin(byte[] source, int from, int limit, int begin) {
    bytes = source;
    to = limit;
    first = source;
    prefixTo = begin;
    prefixFrom = lineStart(source, from, begin);
  }

  /** Reads on from behind the mark, until a line that is none of a key, or the key's end. */
  public void read(int position) {
    body = 0;
    complete = false;
    end = position;
    text.begin(bytes, position, to);
    list = startsList();
    while (!complete && line()) {
      end = runEnd;
    }
  }

  /**
   * Where the last lines of a key begin that end with the mark at {@code mark}; -1 if the lines
   * before it are none of a key. Then {@link #end} is behind the mark.
   */
  public int tail(byte[] source, int from, int mark, int limit) {
    begin(source, from, limit, mark);
    text.begin(source, from, limit);
    tail = true;
    int start = -1;
    while (start < 0 && text.at() < mark) {
      body = 0;
      complete = false;
      boolean read = line(true);
      while (read && !complete) {
        read = line(between());
      }
      if (complete && body >= LEAST_TAIL) {
        start = firstRun;
        end = runEnd;
      } else {
        skipLine(mark);
      }
    }
    tail = false;
    return start;
  }

  private void skipLine(int stop) {
    while (!isLineEnd(text.current()) && text.at() < stop) {
      text.advance();
    }
    while (isLineEnd(text.current())) {
      text.advance();
    }
  }

  /** Reads one more line of a key that began in an earlier text, with that text's prefix. */
  public boolean readLine(byte[] source, int from, int limit) {
    bytes = source;
    to = limit;
    body = LEAST_BODY;
    complete = false;
    list = false;
    text.begin(source, from, limit);
    skipLight();
    if (text.current() == EscapedText.NONE) {
      return true;
    }
    return line(true) && reachesEnd(runEnd);
  }

  /** Whether a JSON string holds nothing but one line of a key. */
  public boolean isLine(byte[] source, int from, int limit) {
    prefixFrom = 0;
    prefixTo = 0;
    return from < limit && readLine(source, from, limit) && !complete;
  }

  /** How many characters of the key were read. */
  public int body() {
    return body;
  }

  /** Where the last line of the key ends. */
  public int end() {
    return end;
  }

  /** Whether the mark that ends the key was met. */
  public boolean complete() {
    return complete;
  }

  /** Whether nothing but blanks and punctuation stands behind this position. */
  public boolean reachesEnd(int position) {
    text.begin(bytes, position, to);
    while (isLight(text.current()) || text.current() == '.') {
      text.advance();
    }
    return text.current() == EscapedText.NONE;
  }

  private boolean startsList() {
    int start = text.at();
    while (isLineEnd(text.current())) {
      text.advance();
    }
    boolean starts = Bytes.isQuote(text.current());
    text.moveTo(start);
    return starts;
  }

  private boolean line() {
    int start = text.at();
    if (line(between())) {
      return true;
    }
    text.moveTo(start);
    return false;
  }

  private boolean line(boolean breaks) {
    skipLight();
    skipSign();
    int open = text.at();
    if (breaks && repeatsPrefix()) {
      skipLight();
    } else {
      text.moveTo(open);
    }
    skipNumber();
    skipSign();
    if (closes() || header()) {
      return true;
    }
    if (body == 0) {
      firstRun = text.at();
    }
    int n = run();
    boolean mayBeShort = body == 0 ? !tail : breaks;
    boolean taken = n >= FULL_LINE ? fullLine(n) : mayBeShort && shortLine(n);
    if (!taken) {
      text.moveTo(open);
      taken = bridge();
    }
    if (taken) {
      body += Math.max(n, 1);
      text.moveTo(runEnd);
    }
    return taken;
  }

  /** Passes over what stands between two lines; answers whether there was a line's end. */
  private boolean between() {
    boolean breaks = false;
    boolean quote = false;
    boolean comma = false;
    for (int n = 0; n < MOST_LIGHT && isLight(text.current()); n++) {
      int c = text.advance();
      breaks |= isLineEnd(c) || list && quote && comma && Bytes.isQuote(c);
      quote |= Bytes.isQuote(c);
      comma |= c == ',';
    }
    return breaks;
  }

  /** A line number, or nothing: {@code 12→}, {@code 12:}, {@code 12|}, {@code 12-}, a tab. */
  private void skipNumber() {
    int start = text.at();
    int digits = 0;
    while (digits < 8 && Bytes.isDigit(text.current())) {
      text.advance();
      digits++;
    }
    int behind = text.at();
    boolean mark = text.current() == '-' || text.current() == '.';
    if (digits > 0 && mark && !Bytes.startsWith(bytes, behind, to, "--")) {
      text.advance();
    }
    skipLight();
    if (digits == 0 || text.at() == behind || isLineEnd(text.current())) {
      text.moveTo(start);
    }
  }

  /** Passes over the sign of a diff, of a list or between two pieces of a text in code. */
  private void skipSign() {
    int start = text.at();
    int sign = text.current();
    if (sign == '-' && !Bytes.startsWith(bytes, start, to, "--")) {
      text.advance();
      skipLight();
    } else if (sign == '+' || sign == '.') {
      text.advance();
      if (isLight(text.current())) {
        skipLight();
      } else {
        text.moveTo(start);
      }
    }
  }

  private void skipLight() {
    for (int n = 0; n < 16 && isLight(text.current()) && !isLineEnd(text.current()); n++) {
      text.advance();
    }
  }

  /** Whether the line starts as the first one did; digits count as equal, and so do their marks. */
  private boolean repeatsPrefix() {
    if (prefixTo == prefixFrom) {
      return false;
    }
    prefix.begin(first, prefixFrom, prefixTo);
    while (isLight(prefix.current())) {
      prefix.advance();
    }
    boolean letters = false;
    for (int steps = 0; prefix.current() != EscapedText.NONE && steps < MOST_PREFIX; steps++) {
      int c = prefix.current();
      if (Bytes.isDigit(c)) {
        if (!Bytes.isDigit(text.current())) {
          return false;
        }
        skipDigits(prefix);
        skipDigits(text);
      } else if (isMark(c)) {
        skipMarks(prefix);
        skipMarks(text);
      } else {
        letters = true;
        if (text.current() != c) {
          return false;
        }
        prefix.advance();
        text.advance();
      }
    }
    return letters;
  }

  private static void skipDigits(EscapedText text) {
    while (Bytes.isDigit(text.current())) {
      text.advance();
    }
  }

  private void skipMarks(EscapedText text) {
    while (isMark(text.current()) && !Bytes.startsWith(bytes, text.at(), to, "----")) {
      text.advance();
    }
  }

  private static boolean isMark(int c) {
    return c == ' ' || c == '\t' || c == ':' || c == '-' || c == '|' || c == '.' || c == ',';
  }

  /** The mark that ends a key. */
  private boolean closes() {
    int start = text.at();
    int dashes = start;
    while (dashes < to && dashes - start < 7 && (bytes[dashes] == '-' || bytes[dashes] == ' ')) {
      dashes++;
    }
    if (dashes - start < 4 || !Bytes.startsWith(bytes, dashes, to, "END")) {
      return false;
    }
    int finish = Bytes.find(bytes, dashes, Math.min(to, dashes + 80), "----");
    runEnd = finish < 0 ? dashes + 3 : finish + 4;
    if (runEnd < to && bytes[runEnd] == '-') {
      runEnd++;
    }
    complete = true;
    return true;
  }

  private boolean header() {
    for (String name : HEADERS) {
      if (Bytes.startsWith(bytes, text.at(), to, name)) {
        skipHeader();
        runEnd = text.at();
        return true;
      }
    }
    return false;
  }

  /** To the end of the line, or to a quote that neither opens nor ends a quoted value. */
  private void skipHeader() {
    int former = 0;
    for (int n = 0; n < MOST_HEADER && !isLineEnd(text.current()); n++) {
      int at = text.at();
      int c = text.advance();
      if (c == EscapedText.NONE
          || Bytes.isQuote(c) && former != ' ' && !isLineEnd(text.current())) {
        text.moveTo(at);
        return;
      }
      former = c;
    }
  }

  private static boolean endsLine(int c) {
    return isLineEnd(c) || c == EscapedText.NONE || Bytes.isQuote(c);
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  /** Reads one run of base64 and answers its length. */
  private int run() {
    int n = 0;
    upper = 0;
    lower = 0;
    digits = 0;
    changes = 0;
    int former = 0;
    while (isBody(text.current())) {
      int c = text.advance();
      n++;
      int kind = Bytes.isUpper(c) ? 1 : Bytes.isLower(c) ? 2 : Bytes.isDigit(c) ? 3 : former;
      changes += kind != former ? 1 : 0;
      former = kind;
      upper += Bytes.isUpper(c) ? 1 : 0;
      lower += Bytes.isLower(c) ? 1 : 0;
      digits += Bytes.isDigit(c) ? 1 : 0;
    }
    runEnd = text.at();
    return text.current() == '_' ? 0 : n;
  }

  /** Whether a long run is base64 and no path, hash or name. */
  private boolean fullLine(int n) {
    return upper > 0 && changes >= n / 4 && !namesValue();
  }

  /** Whether a run that is short may be a line of the key: it ends its line and is no word. */
  private boolean shortLine(int n) {
    boolean word = digits == 0 && (upper < 2 || lower == 0) && n < 24;
    if (n == 0 || word && text.current() != '=' || namesValue()) {
      return false;
    }
    int c = text.current();
    boolean cut = c == '.' || c == '[' || c == EscapedText.OTHER || c == '-' || isLight(c);
    return endsLine(c) || n > 3 && cut;
  }

  /** Whether the run is a name with its value behind it, as {@code "sha256":}. */
  private boolean namesValue() {
    int from = text.at();
    for (int n = 0; n < 4 && (Bytes.isQuote(text.current()) || text.current() == ' '); n++) {
      text.advance();
    }
    boolean names = text.current() == ':';
    text.moveTo(from);
    return names;
  }

  /** A line of random letters not far behind is of the key, whatever stands in front of it. */
  private boolean bridge() {
    if (body < LEAST_BODY) {
      return false;
    }
    int limit = text.at() + MOST_GAP;
    while (text.at() < limit && text.current() != EscapedText.NONE) {
      if (Bytes.isQuote(text.current())) {
        return false;
      }
      if (!isBody(text.current())) {
        text.advance();
        continue;
      }
      int n = run();
      if (n >= FULL_RANDOM && fullLine(n) && endsLine(text.current())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBody(int c) {
    return c >= 0 && (Bytes.isAlnum(c) && c < 0x80 || c == '+' || c == '/' || c == '=');
  }

  /** What may stand between two lines of a key. */
  private static boolean isLight(int c) {
    return switch (c) {
      case '\n',
          '\r',
          '\t',
          ' ',
          '"',
          '\'',
          '`',
          ',',
          '\\',
          '|',
          '>',
          '<',
          ';',
          '#',
          '*',
          '&',
          '[',
          ']',
          '(',
          ')',
          '$',
          '~',
          '!',
          ':',
          EscapedText.OTHER ->
          true;
      default -> false;
    };
  }

  private static int lineStart(byte[] bytes, int from, int begin) {
    int stop = Math.max(from, begin - MOST_PREFIX);
    for (int i = begin - 1; i >= stop; i--) {
      int b = bytes[i];
      boolean escapedEnd = (b == 'n' || b == 'r') && i > from && bytes[i - 1] == '\\';
      if (b == '\n' || b == '\r' || escapedEnd || Bytes.isQuote(b)) {
        return i + 1;
      }
    }
    return stop == from ? from : begin;
  }
}
