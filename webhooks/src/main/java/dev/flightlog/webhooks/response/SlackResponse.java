package dev.flightlog.webhooks.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.provider.Message;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reaction {@code eyes} on the message, or a reply in its thread (docs.slack.dev, {@code
 * reactions.add}, {@code chat.postMessage}). Slack answers 200 to what has failed too; {@code ok}
 * tells.
 */
public final class SlackResponse implements Responder {
  private static final Set<String> MAY_PASS =
      Set.of("ratelimited", "internal_error", "service_unavailable", "request_timeout");

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
  public ResponseOutcome respond(String event, Message message, Reply kind)
      throws InterruptedException {
    Object channel = message.metadata().get("channel");
    Object ts = message.metadata().get("ts");
    if (!(channel instanceof String in) || !(ts instanceof String at)) {
      return new ResponseOutcome.Skipped("the event names no message");
    }
    boolean denied = kind == Reply.DENIED;
    if (reply == null || denied) {
      return api.post(
          "reaction",
          "/reactions.add",
          Map.of("channel", in, "timestamp", at, "name", denied ? "no_entry" : "eyes"),
          SlackResponse::judge);
    }
    Object thread = message.metadata().get("thread_ts");
    return api.post(
        "reply",
        "/chat.postMessage",
        Map.of("channel", in, "thread_ts", thread instanceof String of ? of : at, "text", reply),
        SlackResponse::judge);
  }

  private static Judgement judge(JsonNode answer) {
    String error = answer.path("error").asText("no \"ok\" in the answer");
    return answer.path("ok").asBoolean(false) || error.equals("already_reacted")
        ? new Judgement.Fine()
        : new Judgement.Complaint(error, MAY_PASS.contains(error));
  }
}
