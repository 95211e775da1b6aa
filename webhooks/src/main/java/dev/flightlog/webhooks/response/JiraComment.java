package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.Message;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A comment on the issue, because Jira has no reactions for programs: version 3 of the API takes an
 * Atlassian document, version 2 (Data Center) a text.
 */
public final class JiraComment implements Responder {
  private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9_]{0,50}-[0-9]{1,12}");

  private final Api api;
  private final boolean dataCenter;
  private final String reply;

  public JiraComment(Api api, boolean dataCenter, String reply) {
    this.api = api;
    this.dataCenter = dataCenter;
    this.reply = reply;
  }

  @Override
  public ResponseOutcome respond(String event, Message message, Reply kind)
      throws InterruptedException {
    if (kind == Reply.DENIED) {
      return new ResponseOutcome.Skipped("a refusal is no comment");
    }
    Object key = message.metadata().get("issue_key");
    if (!(key instanceof String issue) || !KEY.matcher(issue).matches()) {
      return new ResponseOutcome.Skipped("the event names no issue");
    }
    Object text =
        dataCenter
            ? reply
            : Map.of(
                "type",
                "doc",
                "version",
                1,
                "content",
                List.of(
                    Map.of(
                        "type",
                        "paragraph",
                        "content",
                        List.of(Map.of("type", "text", "text", reply)))));
    return api.post(
        "comment",
        "/rest/api/" + (dataCenter ? 2 : 3) + "/issue/" + issue + "/comment",
        Map.of("body", text),
        Api.Judge.STATUS);
  }
}
