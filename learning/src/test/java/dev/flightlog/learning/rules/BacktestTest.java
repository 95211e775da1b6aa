package dev.flightlog.learning.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final ToolCalls CALLS = new ToolCalls(Map.of("Edit", 50L), Map.of());

  @Test
  void rulesLearntFromEarlierSessionsAreHeldAgainstErrorsThatComeBackInLaterOnes() {
    List<ErrorFact> errors = new ArrayList<>();
    for (String session : new String[] {"a", "b", "b"}) {
      errors.add(error(errors.size(), session, "Edit", "file_not_read", ""));
    }
    errors.add(error(3, "c", "Edit", "file_not_read", ""));
    errors.add(error(4, "c", "Edit", "invalid_input", ""));
    errors.add(error(5, "d", "Edit", "invalid_input", ""));
    errors.add(error(6, "c", "Bash", "exit_code_1", "go test"));
    errors.add(error(7, "d", "Bash", "exit_code_1", "go test"));

    Backtest test = Backtest.of(errors, Set.of("a", "b"), CALLS);

    assertThat(test.rules()).hasSize(1);
    assertThat(test.repeated()).as("one was met for the first time, tests apart").isEqualTo(2);
    assertThat(test.covered()).isEqualTo(1);
    assertThat(test.classes())
        .filteredOn(Backtest.ErrorClass::isCheck)
        .singleElement()
        .extracting(Backtest.ErrorClass::label)
        .isEqualTo("Bash exit_code_1 (go test)");
  }

  @Test
  void nothingOfLaterSessionsIsLearntFrom() {
    List<ErrorFact> errors = new ArrayList<>();
    for (String session : new String[] {"a", "c", "d", "d"}) {
      errors.add(error(errors.size(), session, "Edit", "file_not_read", ""));
    }
    assertThat(Backtest.of(errors, Set.of("a", "b"), CALLS).rules()).isEmpty();
  }

  private static ErrorFact error(
      int time, String session, String tool, String errorType, String program) {
    return new ErrorFact(
        new Occasion(session, 1_000_000L * time, null, null),
        "event-" + time,
        tool,
        errorType,
        program,
        "a template",
        "a message",
        1,
        1,
        List.of(),
        null,
        "",
        "",
        "");
  }
}
