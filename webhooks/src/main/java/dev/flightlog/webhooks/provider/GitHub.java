package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.Markdown;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  public GitHub(String secret, Commands commands) {
    super("github", Signature.gitHub(secret), commands);
  }

  @Override
  public Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException {
    String id = Identity.id(headers.single("X-GitHub-Delivery"), "the header X-GitHub-Delivery");
    String name = Identity.event(headers.single("X-GitHub-Event"), "the header X-GitHub-Event");
    for (String part : SHAPES.getOrDefault(name, List.of())) {
      if (!body.path(part).isObject()) {
        throw new RefusedException(
            400, "X-GitHub-Event says " + name + ", but the body has no object \"" + part + "\"");
      }
    }
    String action = body.path("action").asText("");
    return new Identity(
        id, action.isEmpty() ? name : name + "." + Identity.event(action, "\"action\""));
  }

  @Override
  public Message read(String event, JsonNode body) {
    int dot = event.indexOf('.');
    String name = dot < 0 ? event : event.substring(0, dot);
    String action = dot < 0 ? "" : event.substring(dot + 1);
    Map<String, @Nullable Object> metadata = metadata(name, body);
    if (!SHAPES.containsKey(name)) {
      return Message.ignored("this event carries no command", metadata);
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
      return Message.ignored("only what is new counts, not " + action, metadata);
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
    return new Message(
        name + ":" + spoken.path("id").asText("none"),
        Markdown.said(text),
        null,
        text,
        new Speaker(login, association, bot),
        metadata,
        bot ? "written by a bot" : null);
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
    return new Message(
        null,
        List.of(),
        label,
        text.strip(),
        new Speaker(login, association, bot),
        metadata,
        bot ? "labeled by a bot" : null);
  }

  private static Map<String, @Nullable Object> metadata(String name, JsonNode body) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    Shapes.text(metadata, "repo", body.at("/repository/full_name"));
    JsonNode item = body.path("issue");
    for (String kind : List.of("pull_request", "discussion")) {
      item = item.isObject() ? item : body.path(kind);
    }
    Shapes.number(metadata, "issue_number", item.path("number"));
    if (body.at("/issue/pull_request").isObject() || body.path("pull_request").isObject()) {
      metadata.put("pull_request", true);
    }
    Shapes.text(metadata, "title", item.path("title"));
    if (name.endsWith("comment")) {
      Shapes.number(metadata, "comment_id", body.at("/comment/id"));
      Shapes.text(metadata, "path", body.at("/comment/path"));
      Shapes.number(metadata, "line", body.at("/comment/line"));
    }
    Shapes.text(metadata, "commit_id", body.at("/comment/commit_id"));
    Shapes.text(metadata, "head_sha", body.at("/pull_request/head/sha"));
    JsonNode spoken = name.endsWith("comment") ? body.path("comment") : item;
    Shapes.text(metadata, "url", spoken.path("html_url"));
    Shapes.number(metadata, "installation_id", body.at("/installation/id"));
    return metadata;
  }
}
