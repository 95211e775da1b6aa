package dev.flightlog.event.redaction.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges by its words whether a name, such as {@code DB_PASSWORD_PROD}, names a secret. */
public final class SecretNames {
  /** How sure a name is, and how its value is to be read. */
  public enum Kind {
    /** Names no secret: {@code tokens_used}, {@code token_type}. */
    NONE,
    /** May name a secret: the value must look random. */
    TOKEN,
    /** Names a secret that people choose: any value that is not a placeholder. */
    PASSWORD,
    /** An authorization header: a scheme, then the secret. */
    AUTHORIZATION,
    /** A cookie header: names and values. */
    COOKIE
  }

  private static final Set<String> PASSWORDS =
      Set.of(
          "password",
          "passwd",
          "passwort",
          "passphrase",
          "pwd",
          "pass",
          "userpassword",
          "dbpassword",
          "rootpassword",
          "passcode",
          "pw");
  private static final Set<String> SECRETS =
      Set.of("secret", "secrets", "credential", "credentials", "creds", "clientsecret");
  private static final Set<String> TOKENS =
      Set.of(
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "accountkey",
          "authtoken",
          "accesstoken",
          "refreshtoken",
          "jwt",
          "auth",
          "authkey",
          "encryptionkey",
          "signingkey",
          "masterkey",
          "sharedaccesskey");
  private static final Set<String> KEY_QUALIFIERS =
      Set.of(
          "api",
          "access",
          "secret",
          "private",
          "account",
          "auth",
          "encryption",
          "signing",
          "master",
          "shared",
          "storage",
          "license",
          "subscription",
          "service",
          "admin",
          "app",
          "application",
          "client",
          "deploy",
          "crypto",
          "webhook",
          "write",
          "hmac",
          "jwt",
          "cookie",
          "session",
          "ssh",
          "openai",
          "anthropic",
          "stripe",
          "sendgrid",
          "mailgun",
          "datadog",
          "consumer",
          "rest",
          "dev",
          "prod",
          "live",
          "test",
          "integration",
          "x");
  private static final Set<String> HARMLESS_AFTER =
      Set.of(
          "value",
          "key",
          "base",
          "prod",
          "production",
          "dev",
          "test",
          "testing",
          "staging",
          "live",
          "old",
          "new",
          "current",
          "default",
          "b",
          "base64",
          "raw",
          "plain",
          "plaintext",
          "text",
          "str",
          "string",
          "env",
          "main",
          "master",
          "local",
          "token",
          "secret",
          "password",
          "code",
          "bytes",
          "data",
          "v",
          "readonly",
          "rw",
          "ro",
          "root",
          "admin",
          "user",
          "app",
          "db");
  private static final Set<String> HARMLESS_BEFORE =
      Set.of(
          "next",
          "page",
          "continuation",
          "pagination",
          "pad",
          "eos",
          "bos",
          "unk",
          "sep",
          "cls",
          "mask",
          "special",
          "public",
          "first",
          "last",
          "stop",
          "max",
          "min",
          "per",
          "total",
          "syntax",
          "unexpected",
          "cancellation",
          "ptr",
          "no",
          "hide",
          "show",
          "reset",
          "forgot",
          "forgotten",
          "has",
          "is",
          "use",
          "missing",
          "invalid",
          "lexer",
          "csrf",
          "kind",
          "type",
          "image",
          "design");

  private SecretNames() {}

  public static Kind classify(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("authorization")) {
      return Kind.AUTHORIZATION;
    }
    if (lower.equals("cookie") || lower.equals("set-cookie")) {
      return Kind.COOKIE;
    }
    List<String> words = words(name);
    for (int i = words.size() - 1; i >= 0; i--) {
      Kind kind = kindOf(words, i);
      if (kind != Kind.NONE) {
        return harmless(words, i) ? Kind.NONE : kind;
      }
    }
    return Kind.NONE;
  }

  private static Kind kindOf(List<String> words, int i) {
    String word = words.get(i);
    if (PASSWORDS.contains(word) || word.endsWith("password") || word.endsWith("passwd")) {
      return word.equals("pw") && words.size() == 1 ? Kind.NONE : Kind.PASSWORD;
    }
    if (SECRETS.contains(word)) {
      return Kind.PASSWORD;
    }
    if (TOKENS.contains(word)) {
      return Kind.TOKEN;
    }
    boolean qualifiedKey = word.equals("key") && i > 0 && KEY_QUALIFIERS.contains(words.get(i - 1));
    return qualifiedKey ? Kind.TOKEN : Kind.NONE;
  }

  private static boolean harmless(List<String> words, int secret) {
    for (int i = secret + 1; i < words.size(); i++) {
      if (!HARMLESS_AFTER.contains(words.get(i))) {
        return true;
      }
    }
    return secret > 0 && HARMLESS_BEFORE.contains(words.get(secret - 1));
  }

  /** Splits at punctuation and camel humps; digits count for nothing. */
  public static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= name.length(); i++) {
      char c = i < name.length() ? name.charAt(i) : '_';
      boolean letter = Bytes.isUpper(c) || Bytes.isLower(c);
      boolean hump =
          start >= 0
              && Bytes.isUpper(c)
              && (Bytes.isLower(name.charAt(i - 1))
                  || (i + 1 < name.length() && Bytes.isLower(name.charAt(i + 1))));
      if (start >= 0 && (!letter || hump)) {
        words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
        start = -1;
      }
      if (letter && start < 0) {
        start = i;
      }
    }
    return words;
  }
}
