package dev.flightlog.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.ask.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetBookTest {
  @TempDir Path home;

  @Test
  void aBudgetReplacesTheOneOfTheSameProjectAndPeriodAndNoOther() {
    BudgetBook book = BudgetBook.inHome(home);
    book.set(new Budget(null, Period.MONTH, 300.0, null));
    book.set(new Budget("shop", Period.MONTH, 100.0, null));
    book.set(new Budget(null, Period.MONTH, 250.5, 1_000L));

    assertThat(BudgetBook.inHome(home).all())
        .containsExactly(
            new Budget("shop", Period.MONTH, 100.0, null),
            new Budget(null, Period.MONTH, 250.5, 1_000L));
    assertThat(book.remove("shop", Period.MONTH)).isTrue();
    assertThat(book.remove("shop", Period.MONTH)).isFalse();
    assertThat(book.all()).hasSize(1);
  }

  @Test
  void whatElseStandsInTheFileStays() throws IOException {
    Path file = home.resolve(BudgetBook.FILE);
    Files.writeString(file, "\ufeff{\"note\":\"of the team\",\"budgets\":[]}");

    BudgetBook.inHome(home).set(new Budget(null, Period.DAY, 5.0, null));

    assertThat(Files.readString(file)).contains("\"note\":\"of the team\"").contains("\"usd\":5");
  }

  @Test
  void aFileThatIsNoBudgetsIsToldWithWhatIsWrongAndIsNotOverwritten() throws IOException {
    Path file = home.resolve(BudgetBook.FILE);
    for (String json :
        List.of(
            "",
            "[]",
            "{\"budgets\":3}",
            "{\"budgets\":[{\"period\":\"year\",\"usd\":1}]}",
            "{\"budgets\":[{\"period\":\"day\"}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":-1}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":1e999}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":\"ten\"}]}",
            "{\"budgets\":[{\"period\":\"day\",\"tokens\":1.5}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":1,\"limit\":2}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":1},{\"period\":\"day\",\"usd\":2}]}",
            "{\"budgets\":[{\"period\":\"day\",\"usd\":1}")) {
      Files.writeString(file, json);

      assertThatThrownBy(() -> BudgetBook.inHome(home).set(new Budget(null, Period.DAY, 1.0, null)))
          .as(json)
          .isInstanceOf(BudgetException.class)
          .hasMessageContaining(file.toString());
      assertThat(Files.readString(file)).isEqualTo(json);
    }
  }
}
