package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.cost.CostInquiry;
import dev.flightlog.analysis.cost.QuotaInquiry;
import dev.flightlog.analysis.cost.SpendInquiry;
import dev.flightlog.analysis.cost.TokensInquiry;
import dev.flightlog.analysis.errors.ErrorsInquiry;
import dev.flightlog.analysis.errors.FailureInquiry;
import dev.flightlog.analysis.errors.RemediesInquiry;
import dev.flightlog.analysis.events.CoverageInquiry;
import dev.flightlog.analysis.events.SearchInquiry;
import dev.flightlog.analysis.flow.AgentsInquiry;
import dev.flightlog.analysis.flow.CompareInquiry;
import dev.flightlog.analysis.flow.ConfidenceInquiry;
import dev.flightlog.analysis.flow.ContextInquiry;
import dev.flightlog.analysis.flow.RulesInquiry;
import dev.flightlog.analysis.flow.SessionInquiry;
import dev.flightlog.analysis.flow.SessionsInquiry;
import dev.flightlog.analysis.flow.ToolsInquiry;
import dev.flightlog.analysis.flow.WorkflowInquiry;
import dev.flightlog.analysis.live.NowInquiry;
import dev.flightlog.analysis.patterns.PatternsInquiry;
import dev.flightlog.analysis.people.InteractionsInquiry;
import dev.flightlog.analysis.periods.ActivityInquiry;
import dev.flightlog.analysis.periods.ForecastInquiry;
import dev.flightlog.analysis.periods.OverviewInquiry;
import dev.flightlog.analysis.periods.TrendsInquiry;
import dev.flightlog.analysis.runs.RunsInquiry;
import dev.flightlog.analysis.stories.StoriesInquiry;
import dev.flightlog.analysis.time.BottlenecksInquiry;
import dev.flightlog.analysis.time.PerformanceInquiry;
import dev.flightlog.analysis.time.SlowestInquiry;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Every question there is, in the order in which they are listed. Immutable. */
public final class Questions {
  private static final List<Question> ALL =
      List.of(
          ErrorsInquiry.QUESTION,
          NowInquiry.QUESTION,
          OverviewInquiry.QUESTION,
          ActivityInquiry.QUESTION,
          SessionsInquiry.QUESTION,
          SessionInquiry.QUESTION,
          WorkflowInquiry.QUESTION,
          RunsInquiry.QUESTION,
          FailureInquiry.QUESTION,
          PatternsInquiry.QUESTION,
          RemediesInquiry.QUESTION,
          BottlenecksInquiry.QUESTION,
          SlowestInquiry.QUESTION,
          PerformanceInquiry.QUESTION,
          AgentsInquiry.QUESTION,
          ToolsInquiry.QUESTION,
          TokensInquiry.QUESTION,
          CostInquiry.QUESTION,
          SpendInquiry.QUESTION,
          QuotaInquiry.QUESTION,
          ContextInquiry.QUESTION,
          CompareInquiry.QUESTION,
          TrendsInquiry.QUESTION,
          StoriesInquiry.QUESTION,
          ForecastInquiry.QUESTION,
          ConfidenceInquiry.QUESTION,
          RulesInquiry.QUESTION,
          InteractionsInquiry.QUESTION,
          CoverageInquiry.QUESTION,
          SearchInquiry.QUESTION);

  private Questions() {}

  public static List<Question> all() {
    return ALL;
  }

  /**
   * The question with this name, case aside.
   *
   * @throws QuestionException with the nearest names when there is none
   */
  public static Question named(String name) {
    List<String> names = new ArrayList<>();
    for (Question question : ALL) {
      if (question.name().equalsIgnoreCase(name.strip())) {
        return question;
      }
      names.add(question.name());
    }
    List<String> nearest = Nearest.to(name.strip(), names, 1);
    throw new QuestionException(
        "there is no question '"
            + SafeText.shortened(name, 40)
            + "'"
            + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?")
            + (nearest.isEmpty() ? "; there are: " : " There are: ")
            + String.join(", ", names));
  }
}
