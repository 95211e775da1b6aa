package dev.flightlog.webhooks.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a Slack message that its author says, with mentions of the bot as {@code @bot} and
 * Slack's escapes undone: {@code &amp; &lt; &gt;}, {@code <@U…>}, {@code <#C…|name>}, {@code
 * <url|label>}. Code, quotes and what is struck out are left out.
 */
public final class SlackText {
  private static final Pattern LINK =
      Pattern.compile("<([^<>|\\n]{1,500})(?:\\|([^<>\\n]{0,500}))?>");

  private static final Pattern CODE = Pattern.compile("`[^`]+`|~[^~\\s][^~]*~");

  private SlackText() {}

  /**
   * @param ids the user ids that are the bot
   * @param bot the bot's name in patterns
   */
  public static List<String> said(String text, List<String> ids, String bot) {
    List<String> said = new ArrayList<>();
    String[] parts = text.split("```", -1);
    for (int i = 0; i < parts.length; i += 2) {
      for (String line : parts[i].lines().toList()) {
        String stripped = line.strip();
        if (stripped.startsWith("&gt;&gt;&gt;")) {
          return said;
        }
        if (!stripped.isEmpty() && !stripped.startsWith("&gt;")) {
          String spoken = CODE.matcher(stripped).replaceAll("``");
          said.add(plain(spoken, ids, bot).strip());
        }
      }
    }
    return said;
  }

  /** The message as a person reads it. */
  public static String plain(String text, List<String> ids, String bot) {
    Matcher matcher = LINK.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String target = matcher.group(1);
      String label = matcher.group(2);
      String shown;
      if (target.startsWith("@")) {
        String id = target.substring(1);
        shown = ids.contains(id) ? "@" + bot : "@" + (label == null ? id : label);
      } else if (target.startsWith("#")) {
        shown = "#" + (label == null ? target.substring(1) : label);
      } else {
        shown = label == null || label.isEmpty() ? target : label;
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    matcher.appendTail(out);
    return out.toString().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
