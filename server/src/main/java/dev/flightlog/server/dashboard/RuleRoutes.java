package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.pages.RulePage;
import dev.flightlog.dashboard.pages.RuleRecord;
import dev.flightlog.dashboard.pages.RulesPage;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.outcomes.Opportunities;
import dev.flightlog.learning.outcomes.PastSessions;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.TrialPlan;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules, one rule, and what a person decides about it. */
final class RuleRoutes implements PageRoutes {
  private static final int FORM_BYTES = 16 * 1024;

  private final DashboardData data;
  private final RuleActions rules;
  private final Pages pages;

  RuleRoutes(DashboardData data, RuleActions rules) {
    this.data = data;
    this.rules = rules;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages.scoped(
            "/rules",
            "Rules that were learnt",
            this::rules,
            Parameter.query("state", Schema.text(), "only rules in this state")),
        pages.plain(
            "/rule",
            "One rule",
            this::rule,
            Parameter.query("id", Schema.text(), "the rule").needed(),
            Parameter.query("done", Schema.text(), "what was just done with it")),
        action("approve", "Approve a rule", request -> move(request, RuleState.ADOPTED)),
        action("reject", "Reject a rule for good", request -> move(request, RuleState.REJECTED)),
        action("retire", "Retire a rule", request -> move(request, RuleState.RETIRED)),
        action("trial", "Try a rule on half of the sessions", this::begin));
  }

  private static Route action(
      String word, String summary, dev.flightlog.server.web.Handler handler) {
    return Route.post("/rule/" + word, summary, handler)
        .takes(FormFields.PAYLOAD)
        .limits(Limits.DEFAULT.body(FORM_BYTES))
        .answers(
            Reply.empty(303, "It is done; the page of the rule says what."),
            Reply.problem(404, "There is no such rule."),
            Reply.problem(409, "That cannot be done with it now."));
  }

  private Page rules(Request request, View view) throws IOException {
    String word = request.query("state");
    RuleState state =
        Arrays.stream(RuleState.values())
            .filter(each -> each.wireName().equals(word))
            .findFirst()
            .orElse(null);
    return rules.use(books ->
        RulesPage.of(
            books.rules().entries().stream()
                .map(entry -> new RuleRecord(entry, books.trials().effects(entry.rule())))
                .toList(),
            books.damaged(),
            state,
            view));
  }

  private Page rule(Request request, View view) throws IOException {
    String id = SessionRoutes.needed(request, "id");
    String done = done(request.query("done"));
    return rules.use(books -> {
      RuleBook.Entry entry = known(books.rules(), id);
      List<Rule> adopted =
          books.rules().entries().stream()
              .filter(each -> each.state() == RuleState.ADOPTED)
              .map(RuleBook.Entry::rule)
              .filter(each -> !books.trials().givenByHooks(each))
              .toList();
      return RulePage.of(
          new RuleRecord(entry, books.trials().effects(entry.rule())),
          adopted,
          entry.state() == RuleState.PROPOSED
              ? needed(entry.rule(), books.trials().onTrial().size())
              : null,
          done,
          view);
    });
  }

  /** What a trial would need, by what the newest sessions showed. */
  private String needed(Rule rule, int running) {
    if (rule.measure() == Measure.NOTHING) {
      return "there is none for advice, of which no record tells whether it helps.";
    }
    TrialPlan plan =
        TrialPlan.quick(
            PastSessions.of(Opportunities.of(rule), data.store()),
            Terms.standard(),
            running,
            data.clock().instant());
    if (Double.isNaN(plan.rate())) {
      return "no such "
          + rule.measure().opportunity()
          + " is known, so nobody can say how long it takes.";
    }
    return "today "
        + Units.share(plan.rate())
        + " of these "
        + rule.measure().opportunity()
        + "s "
        + rule.measure().happens()
        + "; if the rule halves that, four of five such trials have ended after "
        + Units.count(plan.sessions(), "session")
        + plan.ends()
            .map(end ->
                ", at the present pace on " + end.atZone(data.clock().getZone()).toLocalDate())
            .orElse("")
        + ".";
  }

  private static @Nullable String done(@Nullable String word) {
    return switch (word == null ? "" : word) {
      case "adopted" ->
          "It is approved. It stands in your file after: flightlog rules apply --file CLAUDE.md";
      case "by_hooks" ->
          "It is approved: hooks give it to nine of ten sessions for 30 days, so that its effect stays"
              + " known.";
      case "rejected" -> "It is rejected, and never proposed again.";
      case "retired" ->
          "It is retired. It leaves your file by: flightlog rules apply --file CLAUDE.md";
      case "trial" ->
          "Sessions are drawn by hooks of Claude Code and Codex from now on; if they are not there"
              + " yet: flightlog install claude (or: codex)";
      default -> null;
    };
  }

  private Response move(Request request, RuleState next) throws IOException {
    Map<String, String> fields = FormFields.of(request);
    Instant now = data.clock().instant();
    return rules.use(books -> {
      RuleBook.Entry entry = known(books.rules(), FormFields.needed(fields, "id"));
      String reason = fields.getOrDefault("reason", "");
      return switch (books.rules().move(entry.rule().id(), next, reason, now)) {
        case RuleBook.Move.Done moved -> {
          boolean byHooks = books.trials().follow(moved.entry(), now);
          yield back(entry.rule(), byHooks ? "by_hooks" : next.wireName());
        }
        case RuleBook.Move.Unknown gone -> throw unknown(gone.id());
        case RuleBook.Move.NotAllowed not ->
            throw Problem.of(
                    409,
                    "the rule is "
                        + not.entry().state().wireName()
                        + ", and cannot become "
                        + not.wanted().wireName())
                .exception();
      };
    });
  }

  private Response begin(Request request) throws IOException {
    Map<String, String> fields = FormFields.of(request);
    Instant now = data.clock().instant();
    return rules.use(books -> {
      RuleBook.Entry entry = known(books.rules(), FormFields.needed(fields, "id"));
      return switch (books.trials().begin(entry, Terms.standard(), data.store(), now)) {
        case Trials.Begun.Running running -> back(entry.rule(), "trial");
        case Trials.Begun.Refused refused -> throw Problem.of(409, refused.reason()).exception();
      };
    });
  }

  private static RuleBook.Entry known(RuleBook book, String id) {
    return book.entry(id).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return Problem.notFound("there is no rule '" + SafeText.shortened(id, 40) + "'").exception();
  }

  private static Response back(Rule rule, String done) {
    return Response.empty(303)
        .header("Location", Link.to("/rule").with("id", rule.id()).with("done", done).text());
  }
}
