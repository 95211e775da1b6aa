package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.JiraText;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jira Cloud and Data Center (developer.atlassian.com, "Webhooks"). Data Center sends no id and
 * tells a new comment as {@code jira:issue_updated}; old versions without {@code
 * issue_event_type_name}.
 */
public final class Jira extends Provider {
  private static final String ID_HEADER = "X-Atlassian-Webhook-Identifier";

  public Jira(String secret, ProviderCommands commands) {
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
        id, Identity.event(PayloadFields.text(body.path("webhookEvent")), "\"webhookEvent\""));
  }

  @Override
  public Message read(String event, JsonNode body) {
    JsonNode issue = body.path("issue");
    JsonNode comment = body.path("comment");
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    PayloadFields.text(metadata, "issue_key", issue.path("key"));
    PayloadFields.text(metadata, "project", issue.at("/fields/project/key"));
    PayloadFields.text(metadata, "title", issue.at("/fields/summary"));
    PayloadFields.text(metadata, "comment_id", comment.path("id"));
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
    Optional<String> label =
        event.equals("jira:issue_updated") ? addedLabel(body) : Optional.empty();
    if (label.isEmpty()) {
      return new Message.Ignored("this event carries no command", metadata);
    }
    Speaker speaker = speaker(body.path("user"));
    metadata.put("author", speaker.name());
    metadata.put("label", label.get());
    if (isBot(body.path("user"))) {
      return new Message.Ignored("labeled by a bot", metadata);
    }
    String text =
        issue.at("/fields/summary").asText("")
            + "\n\n"
            + JiraText.plain(
                issue.at("/fields/description"), commands().botIds(), commands().bot());
    // The same change comes through every hook that is told of it.
    Optional<String> change =
        Optional.of(body.at("/changelog/id").asText(body.path("timestamp").asText("")))
            .filter(id -> !id.isEmpty())
            .map(id -> "label:" + issue.path("id").asText("none") + ":" + id);
    return new Message.Labeled(change, label.get(), text.strip(), speaker, metadata);
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
    if (isBot(author)) {
      return new Message.Ignored("written by a bot", metadata);
    }
    return new Message.Written(
        Optional.of(subject),
        JiraText.said(text, commands().botIds(), commands().bot()),
        JiraText.plain(text, commands().botIds(), commands().bot()),
        speaker,
        metadata);
  }

  private static Speaker speaker(JsonNode user) {
    boolean customer = user.path("accountType").asText("").equals("customer");
    return new Speaker(
        name(user), customer ? Optional.of(Permission.OUTSIDE) : Optional.empty(), false);
  }

  private static String name(JsonNode user) {
    return PayloadFields.first(user.path("accountId"), user.path("name"), user.path("key"));
  }

  private boolean isBot(JsonNode user) {
    return user.path("accountType").asText("").equals("app")
        || commands().botIds().contains(name(user))
        || commands().bot().equalsIgnoreCase(user.path("name").asText(""));
  }

  /** The first label that the change put on and that asks for something, else the first. */
  private Optional<String> addedLabel(JsonNode body) {
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
            return Optional.of(label);
          }
        }
        return added.stream().findFirst();
      }
    }
    return Optional.empty();
  }
}
