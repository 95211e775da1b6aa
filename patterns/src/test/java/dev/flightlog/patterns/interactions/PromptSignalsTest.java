package dev.flightlog.patterns.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptSignalsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Good, this works better, but the list is not sorted any more",
        "Nice. The only problem is that it never ends",
        "I'll run the migration myself, tell me the command",
        "I have reverted your change, this was not the cause",
        "Remember, this is a prototype, keep it small",
        "We are going in circles here",
        "But you didn't change the config",
        "I meant the other table",
        "You've got two spinners on the page, this is confusing"
      })
  void aPromptThatRejectsReservesOrTakesBackIsACorrection(String text) {
    assertThat(PromptSignals.of(text).correction()).as(text).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Great, now add a test for the parser",
        "Can we remember the last folder between starts?",
        "Read https://example.org/spec carefully before you plan",
        "Please check origin/main again",
        "I undid the last commit by mistake, redo it",
        "What does it do when the file is missing?"
      })
  void aWishAQuestionOrPraiseIsNone(String text) {
    assertThat(PromptSignals.of(text).correction()).as(text).isFalse();
  }
}
