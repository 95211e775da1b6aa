package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.SlackText;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Events API (docs.slack.dev, "Events API"). In channels only {@code app_mention} counts: a
 * {@code message} event about the same message would ask twice. In direct messages there is no
 * mention.
 */
public final class Slack extends Provider {
  public Slack(String secret, ProviderCommands commands) {
    super("slack", Signature.slack(secret), commands);
  }

  @Override
  public Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException {
    String type = body.path("type").asText("");
    switch (type) {
      case "url_verification" -> {
        String challenge = body.path("challenge").asText("");
        if (challenge.isEmpty() || challenge.length() > 1000) {
          throw RefusedException.malformed("url_verification has no usable \"challenge\"");
        }
        return new Identity(Identity.ofBody(bodyHash), type, Optional.of(challenge));
      }
      case "event_callback" -> {
        String event =
            Identity.event(PayloadFields.text(body.at("/event/type")), "\"event\".\"type\"");
        return new Identity(
            Identity.id(PayloadFields.text(body.path("event_id")), "\"event_id\""), event);
      }
      default -> {
        if (type.isEmpty()) {
          throw RefusedException.malformed(
              body.has("command")
                  ? "a slash command: its request URL is /slack/commands"
                  : "no event: \"type\" is missing");
        }
        return new Identity(
            Identity.ofBody(bodyHash), Identity.event(Optional.of(type), "\"type\""));
      }
    }
  }

  @Override
  public Message read(String event, JsonNode body) {
    JsonNode inner = body.path("event");
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    PayloadFields.text(metadata, "team", body.path("team_id"));
    PayloadFields.text(metadata, "channel", inner.path("channel"));
    PayloadFields.text(metadata, "user", inner.path("user"));
    PayloadFields.text(metadata, "ts", inner.path("ts"));
    PayloadFields.text(metadata, "thread_ts", inner.path("thread_ts"));
    boolean mention = event.equals("app_mention");
    boolean direct = event.equals("message") && inner.path("channel_type").asText("").equals("im");
    if (!mention && !direct) {
      return new Message.Ignored("this event carries no command", metadata);
    }
    if (inner.has("edited") && !inner.path("edited").isNull()) {
      return new Message.Ignored("only what is new counts, not edited", metadata);
    }
    List<String> ids = new ArrayList<>(commands().botIds());
    for (JsonNode each : body.path("authorizations")) {
      if (each.path("is_bot").asBoolean(false)) {
        ids.add(each.path("user_id").asText(""));
      }
    }
    String user = inner.path("user").asText("");
    String subtype = inner.path("subtype").asText("");
    boolean bot =
        !inner.path("bot_id").asText("").isEmpty()
            || subtype.equals("bot_message")
            || ids.contains(user);
    if (bot) {
      return new Message.Ignored("written by a bot", metadata);
    }
    if (!subtype.isEmpty() && !subtype.equals("thread_broadcast")) {
      return new Message.Ignored("messages of subtype " + subtype + " carry no command", metadata);
    }
    String text = inner.path("text").asText("");
    String home = PayloadFields.first(inner.path("user_team"), inner.path("team"));
    boolean outside = !home.isEmpty() && !home.equals(body.path("team_id").asText(""));
    return new Message.Written(
        Optional.of(
            "message:" + inner.path("channel").asText("") + ":" + inner.path("ts").asText("none")),
        SlackText.said(text, ids, commands().bot()),
        SlackText.plain(text, ids, commands().bot()),
        new Speaker(user, outside ? Optional.of(Permission.OUTSIDE) : Optional.empty(), false),
        metadata);
  }
}
