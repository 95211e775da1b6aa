package dev.flightlog.shipping.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another home is, and how {@code ssh} is called to get there.
 *
 * @param host {@code user@host} or {@code host}, as {@code ssh} takes it
 * @param home the folder there; empty for the usual one
 * @param options of {@code ssh}, as {@code -o} takes them
 */
public record RemoteHome(String host, String home, List<String> options) {
  private static final Pattern FORM =
      Pattern.compile("((?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9_.-]*)(?::(.*))?");
  private static final Pattern OPTION = Pattern.compile("[A-Za-z]+[= ][^\\p{Cntrl}]+");

  public RemoteHome {
    options = List.copyOf(options);
  }

  /**
   * Reads {@code user@host[:home]}.
   *
   * @throws IllegalArgumentException when it is no such, with how it should be written
   */
  public static RemoteHome of(String text, List<String> options) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'"
              + shown(text)
              + "' is no machine: write user@host, or user@host:/path/of/the/home; a host begins with"
              + " a letter or digit");
    }
    String home = form.group(2) == null ? "" : form.group(2);
    if (home.startsWith("-")
        || home.chars().anyMatch(c -> c < ' ' || c == '\'' || c == '!' || c == 127)) {
      throw new IllegalArgumentException(
          "'"
              + shown(home)
              + "' is no folder of a home: it begins with '-', or holds a quote, '!' or"
              + " control characters");
    }
    for (String option : options) {
      if (!OPTION.matcher(option).matches()) {
        throw new IllegalArgumentException(
            "'" + shown(option) + "' is no option of ssh: write NAME=VALUE, such as Port=2222");
      }
    }
    return new RemoteHome(form.group(1), home, options);
  }

  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().limit(200).forEach(c -> shown.append(c < ' ' || c == 127 ? '?' : (char) c));
    return shown.toString();
  }

  /** The name of the folder in which its files are kept here. */
  String folder() {
    return host + (home.isEmpty() ? "" : "_" + home.replaceAll("[^A-Za-z0-9._-]", "-"));
  }

  /** The call of {@code ssh}, which never asks for anything. */
  List<String> command() {
    List<String> words = new ArrayList<>(List.of("ssh", "-T", "-C"));
    for (String option : options) {
      words.addAll(List.of("-o", option));
    }
    for (String option :
        List.of(
            "BatchMode=yes",
            "ConnectTimeout=10",
            "ServerAliveInterval=10",
            "ServerAliveCountMax=3",
            "ClearAllForwardings=yes")) {
      words.addAll(List.of("-o", option));
    }
    words.addAll(List.of("--", host, RemoteShell.command(home)));
    return words;
  }
}
