package dev.flightlog.webhooks.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which HTML elements are open that show code, quote somebody, or hide what is in them. For one
 * document or paragraph.
 */
final class HtmlTags {
  private static final Set<String> QUIET =
      Set.of(
          "pre",
          "code",
          "tt",
          "kbd",
          "samp",
          "var",
          "script",
          "style",
          "template",
          "textarea",
          "title",
          "xmp",
          "listing",
          "plaintext",
          "noscript",
          "iframe",
          "blockquote",
          "q",
          "del",
          "s",
          "strike");
  private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9-]{0,30})[^<>]*>");
  private static final Pattern HIDDEN =
      Pattern.compile(
          "<!--.*?(?:-->|$)|<\\?.*?(?:\\?>|$)|<!\\[CDATA\\[.*?(?:\\]\\]>|$)", Pattern.DOTALL);

  private final Deque<String> open = new ArrayDeque<>();

  /** True for a tag, false for a comment, an instruction, a declaration, or character data. */
  static boolean isTag(String literal) {
    return literal.startsWith("</")
        || (literal.length() > 1 && Character.isLetter(literal.charAt(1)));
  }

  /** Takes the tags of a piece of HTML into account. */
  void read(String piece) {
    Matcher tags = TAG.matcher(HIDDEN.matcher(piece).replaceAll(""));
    while (tags.find()) {
      String name = tags.group(2).toLowerCase(Locale.ROOT);
      if (!QUIET.contains(name) || tags.group().endsWith("/>")) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.push(name);
      } else {
        open.removeFirstOccurrence(name);
      }
    }
  }

  boolean isQuiet() {
    return !open.isEmpty();
  }
}
