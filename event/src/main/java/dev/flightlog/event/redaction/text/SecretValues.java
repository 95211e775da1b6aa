package dev.flightlog.event.redaction.text;

import java.util.Locale;
import java.util.Set;

/**
 * Judges whether a value can be a secret, or is a placeholder, a word, a path or a piece of code.
 */
public final class SecretValues {
  /** Parts that make a value a template or a reference. */
  private static final String[] STOP_PARTS = {
    "xxxx",
    "****",
    "....",
    "redacted",
    "${",
    "{{",
    "$(",
    "://",
    "\u00e2\u0080\u00a6",
    "process.env",
    "os.environ",
    "getenv",
    "secrets."
  };

  /** Parts that do so unless the rest of the value looks random, as a password may hold a word. */
  private static final String[] STOP_WORD_PARTS = {
    "example",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "changeit",
    "your-",
    "your_",
    "yourpass",
    "yourtoken",
    "yourkey",
    "yoursecret",
    "dummy",
    "my-secret",
    "my_secret",
    "mysecret",
    "my-token",
    "my_token",
    "mytoken",
    "insert",
    "replace",
    "%s"
  };

  private static final Set<String> STOP_WORDS =
      Set.of(
          "null",
          "none",
          "nil",
          "undefined",
          "true",
          "false",
          "yes",
          "no",
          "string",
          "text",
          "number",
          "int",
          "integer",
          "bool",
          "boolean",
          "object",
          "any",
          "unknown",
          "required",
          "optional",
          "empty",
          "default",
          "test",
          "testing",
          "bearer",
          "basic",
          "hidden",
          "input",
          "missing",
          "invalid",
          "expired",
          "valid",
          "enabled",
          "disabled",
          "function",
          "return",
          "const",
          "self",
          "this",
          "async",
          "await",
          "user",
          "username",
          "field",
          "value",
          "plain",
          "plaintext",
          "encrypted",
          "unset",
          "present",
          "absent",
          "masked",
          "secure",
          "hash",
          "bcrypt",
          "argon2",
          "array",
          "list",
          "dict",
          "optional[str]",
          "str",
          "char",
          "varchar",
          "void",
          "public",
          "private",
          "protected",
          "static",
          "import",
          "from",
          "export",
          "todo",
          "n/a",
          "client",
          "server",
          "session",
          "oauth",
          "oauth2",
          "jwt",
          "saml",
          "github",
          "google",
          "apikey",
          "api_key",
          "access",
          "refresh",
          "incorrect",
          "wrong",
          "abc123",
          "foobar",
          "foo",
          "bar",
          "include",
          "omit",
          "same-origin",
          "inherit",
          "prompt",
          "keyring",
          "vault",
          "file",
          "stdin",
          "localhost");
  private static final String[] NAME_WORDS = {
    "passw", "secret", "token", "credential", "passphrase", "api_key", "apikey", "apitoken"
  };

  private SecretValues() {}

  /** Whether a value may stand for a secret that a person chose. */
  public static boolean chosen(String value, boolean marked) {
    int length = value.length();
    if (length < 4 || length > 2048) {
      return false;
    }
    boolean plainWord = true;
    boolean digit = false;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c <= ' ') {
        return false;
      }
      digit |= Bytes.isDigit(c);
      plainWord &= Bytes.isWord(c) && !Bytes.isDigit(c) || c == '.';
    }
    if (namesItself(value) || isPath(value) || isPlaceholder(value)) {
      return false;
    }
    if (marked) {
      return !plainWord || length >= 6 && !isIdentifier(value);
    }
    return length >= 6 && !plainWord && (digit || length >= 8) && !isCode(value);
  }

  /** Whether a value is a password in a URL, where nothing but placeholders is harmless. */
  public static boolean inUrl(String value) {
    return value.length() >= 3
        && !isPlaceholder(value)
        && !namesItself(value)
        && !value.equals("pass")
        && !value.equals("pw")
        && !value.equals("pwd");
  }

  /** Whether a value looks random: classes of characters alternate, and few words are in it. */
  public static boolean random(String value) {
    int length = value.length();
    if (length < 8 || length > 2048) {
      return false;
    }
    int changes = 0;
    int digits = 0;
    int letters = 0;
    int previous = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
      int kind = Bytes.isDigit(c) ? 1 : Bytes.isUpper(c) ? 2 : Bytes.isLower(c) ? 3 : 4;
      digits += kind == 1 ? 1 : 0;
      letters += kind == 2 || kind == 3 ? 1 : 0;
      changes += i > 0 && kind != previous && kind != 4 && previous != 4 ? 1 : 0;
      previous = kind;
    }
    if (letters == 0 || changes < (digits == 0 ? length / 4 : Math.max(2, length / 8))) {
      return false;
    }
    double least = digits == 0 ? 3.5 : length < 16 ? 2.3 : 2.8;
    return (digits > 0 || length >= 20)
        && entropy(value) >= least
        && !(namesItself(value) && digits < 4)
        && !isPlaceholder(value)
        && !isPath(value);
  }

  /** Whether letters and digits both occur, as in every generated key of some length. */
  public static boolean mixed(String value) {
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digit |= Bytes.isDigit(c);
      letter |= Bytes.isUpper(c) || Bytes.isLower(c);
    }
    return digit && letter;
  }

  public static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (STOP_WORDS.contains(lower)) {
      return true;
    }
    for (String part : STOP_PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    for (String part : STOP_WORD_PARTS) {
      int at = lower.indexOf(part);
      if (at >= 0 && !isRandomAround(value, at, at + part.length())) {
        return true;
      }
    }
    char first = value.isEmpty() ? 0 : value.charAt(0);
    char second = value.length() < 2 ? 0 : value.charAt(1);
    boolean variable =
        first == '$'
            && (Bytes.isUpper(second) || Bytes.isLower(second) || second == '_')
            && isName(value.substring(1));
    return variable
        || first == '<'
        || first == '{'
        || first == '['
        || first == '('
        || first == '%' && value.endsWith("%")
        || first == '*' && second == '*'
        || isRepeated(value);
  }

  /** Whether what stands around a part has two digits or more, and letters of both cases. */
  private static boolean isRandomAround(String value, int from, int to) {
    int digits = 0;
    boolean upper = false;
    boolean lower = false;
    for (int i = 0; i < value.length(); i++) {
      char c = i < from || i >= to ? value.charAt(i) : '-';
      digits += Bytes.isDigit(c) ? 1 : 0;
      upper |= Bytes.isUpper(c);
      lower |= Bytes.isLower(c);
    }
    return value.length() - (to - from) >= 6 && digits >= 2 && upper && lower;
  }

  private static boolean isName(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!Bytes.isWord(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRepeated(String value) {
    for (int i = 1; i < value.length(); i++) {
      if (value.charAt(i) != value.charAt(0)) {
        return false;
      }
    }
    return true;
  }

  /** {@code password=userPassword}: a value that only says again what it is. */
  private static boolean namesItself(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    for (String word : NAME_WORDS) {
      int at = lower.indexOf(word);
      if (at >= 0 && lower.length() - word.length() <= 14 && wordsOnly(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wordsOnly(String value) {
    int digits = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Bytes.isWord(c) && c != '.') {
        return false;
      }
      digits += Bytes.isDigit(c) ? 1 : 0;
    }
    return digits <= 2;
  }

  private static boolean isIdentifier(String value) {
    return value.indexOf('_') > 0 || value.indexOf('.') > 0;
  }

  private static boolean isPath(String value) {
    if (value.startsWith("./") || value.startsWith("~/") || value.startsWith("../")) {
      return true;
    }
    if (!value.startsWith("/")) {
      return false;
    }
    return value.length() < 32 || value.indexOf('.') > 0 || value.indexOf('-') > 0;
  }

  private static boolean isCode(String value) {
    return value.indexOf('.') > 0 && wordsOnly(value)
        || value.startsWith("-")
        || value.startsWith("=")
        || value.contains("->")
        || value.contains("::");
  }

  /** Shannon entropy in bits a character. */
  public static double entropy(String value) {
    int[] counts = new int[256];
    for (int i = 0; i < value.length(); i++) {
      counts[value.charAt(i) & 0xff]++;
    }
    double sum = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        sum -= share * Math.log(share);
      }
    }
    return sum / Math.log(2);
  }
}
