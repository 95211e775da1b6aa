package dev.flightlog.webhooks.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a Jira comment that its author says, with mentions of the bot as {@code @bot}: wiki
 * text (a string) or an Atlassian document (an object). Code and quotes are left out.
 */
public final class JiraText {
  private static final Pattern MENTION =
      Pattern.compile("\\[~(?:accountid:)?([A-Za-z0-9:._@-]{1,128})\\]");
  private static final Pattern BLOCK =
      Pattern.compile("\\{(code|noformat|quote)(:[^}\\n]{0,200})?\\}");
  private static final Pattern MONOSPACED = Pattern.compile("\\{\\{.*?(?:\\}\\}|$)");

  /** What stands in a line for code that is not looked at. */
  private static final String CODE = "``";

  private static final int DEEPEST = 50;

  private JiraText() {}

  /**
   * @param ids the account ids and user names that are the bot
   * @param bot the bot's name in patterns
   */
  public static List<String> said(JsonNode body, List<String> ids, String bot) {
    if (body.isTextual()) {
      return wiki(body.textValue(), ids, bot);
    }
    List<StringBuilder> lines = new ArrayList<>();
    lines.add(new StringBuilder());
    document(body, ids, bot, true, lines, 0);
    return lines.stream().map(line -> line.toString().strip()).filter(l -> !l.isEmpty()).toList();
  }

  /** The comment as a person reads it, code and quotes included. */
  public static String plain(JsonNode body, List<String> ids, String bot) {
    if (body.isTextual()) {
      return mentions(body.textValue(), ids, bot);
    }
    List<StringBuilder> lines = new ArrayList<>();
    lines.add(new StringBuilder());
    document(body, ids, bot, false, lines, 0);
    return String.join("\n", lines).strip();
  }

  private static List<String> wiki(String text, List<String> ids, String bot) {
    List<String> said = new ArrayList<>();
    String open = "";
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      boolean wasOpen = !open.isEmpty();
      boolean marked = false;
      Matcher matcher = BLOCK.matcher(stripped);
      while (matcher.find()) {
        marked = true;
        if (open.isEmpty()) {
          open = matcher.group(1);
        } else if (open.equals(matcher.group(1))) {
          open = "";
        }
      }
      boolean own = !wasOpen && !marked && !stripped.startsWith("bq.");
      if (own && !stripped.isEmpty()) {
        said.add(mentions(MONOSPACED.matcher(stripped).replaceAll(CODE), ids, bot));
      }
    }
    return said;
  }

  private static String mentions(String text, List<String> ids, String bot) {
    return MENTION
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement("@" + (ids.contains(match.group(1)) ? bot : match.group(1))));
  }

  private static void document(
      JsonNode node,
      List<String> ids,
      String bot,
      boolean saidOnly,
      List<StringBuilder> lines,
      int depth) {
    String type = node.path("type").asText("");
    boolean set =
        type.equals("codeBlock") || type.equals("blockquote") || type.equals("inlineExtension");
    if (depth > DEEPEST || (saidOnly && set)) {
      return;
    }
    switch (type) {
      case "text" ->
          lines.getLast().append(saidOnly && isCode(node) ? CODE : node.path("text").asText(""));
      case "hardBreak" -> lines.add(new StringBuilder());
      case "mention" -> {
        String id = node.path("attrs").path("id").asText("");
        String shown = node.path("attrs").path("text").asText(id);
        String name = shown.startsWith("@") ? shown.substring(1) : shown;
        lines.getLast().append('@').append(ids.contains(id) ? bot : name);
      }
      default -> {
        boolean block = !type.equals("doc") && node.has("content");
        for (JsonNode child : node.path("content")) {
          document(child, ids, bot, saidOnly, lines, depth + 1);
        }
        if (block) {
          lines.add(new StringBuilder());
        }
      }
    }
  }

  private static boolean isCode(JsonNode text) {
    for (JsonNode mark : text.path("marks")) {
      String type = mark.path("type").asText("");
      if (type.equals("code") || type.equals("strike")) {
        return true;
      }
    }
    return false;
  }
}
