package dev.flightlog.webhooks.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.provider.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reaction {@code eyes} on the message, or a reply in its thread (docs.slack.dev, {@code
 * reactions.add}, {@code chat.postMessage}). Slack answers 200 to what has failed too; {@code ok}
 * tells.
 */
public final class SlackResponse implements Responder {
  private final Api api;
  private final @Nullable String reply;

  /**
   * @param reply the text of a reply; null for a reaction
   */
  public SlackResponse(Api api, @Nullable String reply) {
    this.api = api;
    this.reply = reply;
  }

  @Override
  public Outcome respond(String event, Message message) throws InterruptedException {
    Object channel = message.metadata().get("channel");
    Object ts = message.metadata().get("ts");
    if (!(channel instanceof String in) || !(ts instanceof String at)) {
      return Outcome.skipped("the event names no message");
    }
    if (reply == null) {
      return api.post(
          "reaction",
          "/reactions.add",
          Map.of("channel", in, "timestamp", at, "name", "eyes"),
          new Ok());
    }
    Object thread = message.metadata().get("thread_ts");
    return api.post(
        "reply",
        "/chat.postMessage",
        Map.of("channel", in, "thread_ts", thread instanceof String of ? of : at, "text", reply),
        new Ok());
  }

  private static final class Ok implements Api.Judge {
    @Override
    public @Nullable String complaint(JsonNode answer) {
      String error = answer.path("error").asText("no \"ok\" in the answer");
      boolean fine = answer.path("ok").asBoolean(false) || error.equals("already_reacted");
      return fine ? null : error;
    }

    @Override
    public boolean mayPass(String complaint) {
      return complaint.equals("ratelimited")
          || complaint.equals("internal_error")
          || complaint.equals("service_unavailable")
          || complaint.equals("request_timeout");
    }
  }
}
