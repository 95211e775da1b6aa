package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.Markdown;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GitHub (docs.github.com, "Webhook events and payloads"). The event's name stands in a header that
 * is not signed, so the body must have its shape.
 */
public final class GitHub extends Provider {
  /** What the body of an event that can carry a command must hold. */
  private static final Map<String, List<String>> SHAPES =
      Map.of(
          "issue_comment", List.of("comment", "issue"),
          "pull_request_review_comment", List.of("comment", "pull_request"),
          "pull_request_review", List.of("review", "pull_request"),
          "commit_comment", List.of("comment"),
          "discussion_comment", List.of("comment", "discussion"),
          "discussion", List.of("discussion"),
          "issues", List.of("issue"),
          "pull_request", List.of("pull_request"));

  public GitHub(String secret, ProviderCommands commands) {
    super("github", Signature.gitHub(secret), commands);
  }

  @Override
  public Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException {
    String id = Identity.id(headers.single("X-GitHub-Delivery"), "the header X-GitHub-Delivery");
    String name = Identity.event(headers.single("X-GitHub-Event"), "the header X-GitHub-Event");
    for (String part : SHAPES.getOrDefault(name, List.of())) {
      if (!body.path(part).isObject()) {
        throw RefusedException.malformed(
            "X-GitHub-Event says " + name + ", but the body has no object \"" + part + "\"");
      }
    }
    String action = body.path("action").asText("");
    return new Identity(
        id,
        action.isEmpty() ? name : name + "." + Identity.event(Optional.of(action), "\"action\""));
  }

  @Override
  public Message read(String event, JsonNode body) {
    int dot = event.indexOf('.');
    String name = dot < 0 ? event : event.substring(0, dot);
    String action = dot < 0 ? "" : event.substring(dot + 1);
    Map<String, @Nullable Object> metadata = metadata(name, body);
    if (!SHAPES.containsKey(name)) {
      return new Message.Ignored("this event carries no command", metadata);
    }
    if (action.equals("labeled")) {
      return labeled(name, body, metadata);
    }
    boolean said =
        switch (name) {
          case "issues", "pull_request" -> action.equals("opened");
          case "pull_request_review" -> action.equals("submitted");
          default -> action.equals("created");
        };
    if (!said) {
      return new Message.Ignored("only what is new counts, not " + action, metadata);
    }
    JsonNode spoken = spoken(name, body);
    JsonNode user = spoken.path("user");
    String login = user.path("login").asText("");
    boolean bot =
        user.path("type").asText("").equals("Bot")
            || body.path("sender").path("type").asText("").equals("Bot")
            || isOurs(login)
            || isOurs(body.path("sender").path("login").asText(""));
    String association = spoken.path("author_association").asText("");
    String text = spoken.path("body").asText("");
    metadata.put("author", login);
    metadata.put("author_association", association);
    if (bot) {
      return new Message.Ignored("written by a bot", metadata);
    }
    return new Message.Written(
        Optional.of(name + ":" + spoken.path("id").asText("none")),
        Markdown.said(text),
        text,
        new Speaker(login, Optional.of(association), ofOrganization(body)),
        metadata);
  }

  /** In repositories of organizations somebody may be a member without GitHub saying so here. */
  private static boolean ofOrganization(JsonNode body) {
    return body.path("organization").isObject()
        || body.at("/repository/owner/type").asText("").equals("Organization");
  }

  private static JsonNode spoken(String name, JsonNode body) {
    return switch (name) {
      case "issues" -> body.path("issue");
      case "pull_request" -> body.path("pull_request");
      case "discussion" -> body.path("discussion");
      case "pull_request_review" -> body.path("review");
      default -> body.path("comment");
    };
  }

  private boolean isOurs(String login) {
    return login.equalsIgnoreCase(commands().bot())
        || login.equalsIgnoreCase(commands().bot() + "[bot]");
  }

  /**
   * To put on a label needs the right to triage, unless the template of an issue does it for
   * whoever opens the issue: then the author's association counts.
   */
  private Message labeled(String name, JsonNode body, Map<String, @Nullable Object> metadata) {
    JsonNode item = spoken(name, body);
    String login = body.path("sender").path("login").asText("");
    boolean author = login.equalsIgnoreCase(item.path("user").path("login").asText(""));
    String association = author ? item.path("author_association").asText("") : "COLLABORATOR";
    boolean bot = body.path("sender").path("type").asText("").equals("Bot") || isOurs(login);
    String label = body.path("label").path("name").asText("");
    metadata.put("author", login);
    metadata.put("label", label);
    String text = item.path("title").asText("") + "\n\n" + item.path("body").asText("");
    if (bot) {
      return new Message.Ignored("labeled by a bot", metadata);
    }
    // The same label comes through every hook that is told of it; put on again, it is another one.
    String changed = item.path("updated_at").asText("");
    Optional<String> subject =
        changed.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "label:"
                    + name
                    + ":"
                    + item.path("id").asText("none")
                    + ":"
                    + label
                    + ":"
                    + changed);
    return new Message.Labeled(
        subject,
        label,
        text.strip(),
        new Speaker(login, Optional.of(association), author && ofOrganization(body)),
        metadata);
  }

  private static Map<String, @Nullable Object> metadata(String name, JsonNode body) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    PayloadFields.text(metadata, "repo", body.at("/repository/full_name"));
    JsonNode item = body.path("issue");
    for (String kind : List.of("pull_request", "discussion")) {
      item = item.isObject() ? item : body.path(kind);
    }
    PayloadFields.number(metadata, "issue_number", item.path("number"));
    if (body.at("/issue/pull_request").isObject() || body.path("pull_request").isObject()) {
      metadata.put("pull_request", true);
    }
    PayloadFields.text(metadata, "title", item.path("title"));
    if (name.endsWith("comment")) {
      PayloadFields.number(metadata, "comment_id", body.at("/comment/id"));
      PayloadFields.text(metadata, "path", body.at("/comment/path"));
      PayloadFields.number(metadata, "line", body.at("/comment/line"));
    }
    PayloadFields.text(metadata, "commit_id", body.at("/comment/commit_id"));
    PayloadFields.text(metadata, "head_sha", body.at("/pull_request/head/sha"));
    JsonNode spoken = name.endsWith("comment") ? body.path("comment") : item;
    PayloadFields.text(metadata, "url", spoken.path("html_url"));
    PayloadFields.number(metadata, "installation_id", body.at("/installation/id"));
    return metadata;
  }
}
