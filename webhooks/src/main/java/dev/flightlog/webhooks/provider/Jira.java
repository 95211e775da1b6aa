package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.JiraText;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jira Cloud and Data Center (developer.atlassian.com, "Webhooks"). Data Center sends no id and
 * tells a new comment as {@code jira:issue_updated}; old versions without {@code
 * issue_event_type_name}.
 */
public final class Jira extends Provider {
  private static final String ID_HEADER = "X-Atlassian-Webhook-Identifier";

  public Jira(String secret, Commands commands) {
    super("jira", Signature.jira(secret), commands);
  }

  @Override
  public Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException {
    String id =
        headers.all(ID_HEADER).isEmpty()
            ? Identity.ofBody(bodyHash)
            : Identity.id(headers.single(ID_HEADER), "the header " + ID_HEADER);
    return new Identity(
        id, Identity.event(body.path("webhookEvent").asText(""), "\"webhookEvent\""));
  }

  @Override
  public Message read(String event, JsonNode body) {
    JsonNode issue = body.path("issue");
    JsonNode comment = body.path("comment");
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    Shapes.text(metadata, "issue_key", issue.path("key"));
    Shapes.text(metadata, "project", issue.at("/fields/project/key"));
    Shapes.text(metadata, "title", issue.at("/fields/summary"));
    Shapes.text(metadata, "comment_id", comment.path("id"));
    if (isNewComment(event, body)) {
      return said(
          "comment:" + comment.path("id").asText("none"),
          comment.path("body"),
          comment.path("author"),
          metadata);
    }
    if (event.equals("jira:issue_created")) {
      return said(
          "issue:" + issue.path("id").asText("none"),
          issue.at("/fields/description"),
          body.path("user"),
          metadata);
    }
    String label = event.equals("jira:issue_updated") ? addedLabel(body) : null;
    if (label == null) {
      return Message.ignored("this event carries no command", metadata);
    }
    Speaker speaker = speaker(body.path("user"));
    metadata.put("author", speaker.name());
    metadata.put("label", label);
    String text =
        issue.at("/fields/summary").asText("")
            + "\n\n"
            + JiraText.plain(
                issue.at("/fields/description"), commands().botIds(), commands().bot());
    return new Message(
        null,
        List.of(),
        label,
        text.strip(),
        speaker,
        metadata,
        speaker.bot() ? "labeled by a bot" : null);
  }

  private static boolean isNewComment(String event, JsonNode body) {
    JsonNode comment = body.path("comment");
    if (!comment.isObject()) {
      return false;
    }
    if (event.equals("comment_created")) {
      return true;
    }
    if (!event.equals("jira:issue_updated")) {
      return false;
    }
    JsonNode kind = body.path("issue_event_type_name");
    return kind.isTextual()
        ? kind.textValue().equals("issue_commented")
        : comment.has("created")
            && comment.path("created").equals(comment.path("updated"))
            && body.path("changelog").isMissingNode();
  }

  private Message said(
      String subject, JsonNode text, JsonNode author, Map<String, @Nullable Object> metadata) {
    Speaker speaker = speaker(author);
    metadata.put("author", speaker.name());
    return new Message(
        subject,
        JiraText.said(text, commands().botIds(), commands().bot()),
        null,
        JiraText.plain(text, commands().botIds(), commands().bot()),
        speaker,
        metadata,
        speaker.bot() ? "written by a bot" : null);
  }

  private Speaker speaker(JsonNode user) {
    String name = Shapes.first(user.path("accountId"), user.path("name"), user.path("key"));
    String type = user.path("accountType").asText("");
    boolean bot =
        type.equals("app")
            || commands().botIds().contains(name)
            || commands().bot().equalsIgnoreCase(user.path("name").asText(""));
    return new Speaker(name, type.equals("customer") ? Permission.OUTSIDE : null, bot);
  }

  /** The first label that the change put on and that asks for something, else the first. */
  private @Nullable String addedLabel(JsonNode body) {
    for (JsonNode item : body.at("/changelog/items")) {
      if (item.path("field").asText("").equals("labels")) {
        List<String> before = List.of(item.path("fromString").asText("").split(" "));
        List<String> added = new ArrayList<>();
        for (String label : item.path("toString").asText("").split(" ")) {
          if (!label.isEmpty() && !before.contains(label)) {
            added.add(label);
          }
        }
        for (String label : added) {
          if (commands().labels().containsKey(label)) {
            return label;
          }
        }
        return added.isEmpty() ? null : added.getFirst();
      }
    }
    return null;
  }
}
