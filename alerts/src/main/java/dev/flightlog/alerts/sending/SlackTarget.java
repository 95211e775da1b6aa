package dev.flightlog.alerts.sending;

import dev.flightlog.alerts.state.Notice;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.Markup;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An incoming webhook of Slack (docs.slack.dev, "Sending messages using incoming webhooks"). The
 * text is plain text to Slack: no mention, no link, no markup, whatever stands in it.
 */
public final class SlackTarget implements Target {
  /** Slack refuses longer ones in a section. */
  private static final int LONGEST = 2900;

  private final HttpPost post;

  /**
   * @param address of the incoming webhook; a secret
   */
  public SlackTarget(URI address) {
    post = new HttpPost(address);
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public void send(Notice notice) throws IOException, InterruptedException {
    post.send(body(notice), Map.of());
  }

  static byte[] body(Notice notice) {
    String whole = notice.text();
    String text = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
    Map<String, Object> section =
        Map.of(
            "type", "section", "text", Map.of("type", "plain_text", "text", text, "emoji", false));
    // The text of notifications is markup to Slack: what would be a mention there is written out.
    return new JsonWriter()
        .value(Map.of("text", Markup.slack(notice.title()), "blocks", List.of(section)))
        .toByteArray();
  }
}
