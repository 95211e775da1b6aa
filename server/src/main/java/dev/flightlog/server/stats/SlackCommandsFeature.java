package dev.flightlog.server.stats;

import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.live.StatsForms;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import dev.flightlog.webhooks.signature.Verdict;
import dev.flightlog.wording.Markup;
import dev.flightlog.wording.SafeText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /slack/commands}: the slash command {@code /flightlog stats [agent]}, answered to who
 * asked and nobody else (docs.slack.dev, "Slash commands"). The signature is judged over the raw
 * bytes before anything in them. Slack waits three seconds for an answer.
 */
public final class SlackCommandsFeature implements Feature {
  private static final List<String> SIGNED =
      List.of("X-Slack-Signature", "X-Slack-Request-Timestamp");
  private static final int LARGEST = 64 << 10;

  /** Slack shows longer texts in parts. */
  private static final int LONGEST = 2900;

  private static final String USAGE =
      "Use `/flightlog stats` for all agents, or `/flightlog stats AGENT` for one.";

  private final TaskFigures figures;
  private final Supplier<Optional<Signature>> signature;

  /**
   * @param signature made from the signing secret of the Slack app, as long as there is one; asked
   *     for every request
   */
  public SlackCommandsFeature(TaskFigures figures, Supplier<Optional<Signature>> signature) {
    this.figures = figures;
    this.signature = signature;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/slack/commands", "The slash command of Slack", this::command)
            .describe("Signed by Slack. Text: stats, or stats AGENT.")
            .takes(Payload.raw(Schema.text(), "application/x-www-form-urlencoded"))
            .access(Access.OPEN)
            .limits(Limits.DEFAULT.body(LARGEST).time(Duration.ofMillis(2500)))
            .answers(
                Reply.json(
                    200,
                    Schema.object()
                        .always("response_type", Schema.text())
                        .always("text", Schema.text()),
                    "What is shown to who asked."),
                Reply.problem(401, "The signature is missing, wrong, or too old."),
                Reply.problem(404, "webhooks.slack.secret is not set.")));
  }

  private Response command(Request request) {
    String form = new String(request.body(), StandardCharsets.UTF_8);
    Signature signed =
        signature
            .get()
            .orElseThrow(() ->
                Problem.of(404, "Slack has no secret here: set webhooks.slack.secret").exception());
    if (isCertificateCheck(form)) {
      return Response.empty(200);
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : SIGNED) {
      headers.put(name, request.headers(name));
    }
    return switch (signed.verify(Headers.of(headers), request.body(), figures.now())) {
      case Verdict.Wrong wrong -> throw Problem.unauthorized(wrong.reason()).exception();
      case Verdict.Right right -> answer(field(form, "text"));
    };
  }

  /**
   * Slack looks at the certificate of the address now and then, without a signature
   * (docs.slack.dev, "Slash commands"); whatever carries a command besides is no such look.
   */
  private static boolean isCertificateCheck(String form) {
    return "1".equals(field(form, "ssl_check"))
        && field(form, "command") == null
        && field(form, "text") == null;
  }

  private Response answer(@Nullable String text) {
    String[] words = text == null ? new String[] {""} : text.strip().split("\\s+", 2);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("response_type", "ephemeral");
    answer.put(
        "text", words[0].equals("stats") ? stats(words.length > 1 ? words[1] : null) : USAGE);
    return Response.value(200, answer);
  }

  private String stats(@Nullable String agent) {
    String text = StatsForms.text(figures.all(agent), name -> SafeText.shortened(name, 60));
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    String of = agent == null ? "" : " of " + SafeText.shortened(agent, 60);
    return "```\nTasks" + escaped(of + "\n" + shown) + "```";
  }

  /** No mention, no link, and no end of the block it stands in. */
  private static String escaped(String text) {
    return Markup.slack(text).replace('`', '\'');
  }

  /** The first value of this name in a form; null when there is none. */
  private static @Nullable String field(String form, String name) {
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        try {
          return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw Problem.badRequest("the form is not encoded as a form").exception();
        }
      }
    }
    return null;
  }
}
