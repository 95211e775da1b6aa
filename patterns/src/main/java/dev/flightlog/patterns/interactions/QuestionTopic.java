package dev.flightlog.patterns.interactions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks a person about, told by the words of the reason or of the heading of its
 * question. A closed list: a reason with none of these words has no topic. The names are kept in
 * files.
 */
public enum QuestionTopic {
  COMMITS(true, "commits and branches", "commit branch merge rebase push squash pr pull git"),
  TESTS(true, "tests", "test tests testing coverage"),
  FORMATTING(true, "naming and formatting", "name names naming format formatting convention style"),
  DEPENDENCIES(
      true,
      "libraries and versions",
      "library libraries dependency dependencies framework package version versions"),
  CONFIGURATION(
      true, "configuration", "config configuration setting settings environment env credentials"),
  DATA(true, "the database", "database db schema migration migrations table"),
  DOCUMENTATION(true, "documentation", "doc docs documentation readme changelog"),
  INTERFACES(true, "interfaces", "api endpoint endpoints interface protocol"),
  REQUIREMENTS(
      false,
      "the requirements",
      "requirement requirements acceptance criteria ambiguous ambiguity unclear missing"),
  SCOPE(false, "the scope", "scope extent"),
  APPROACH(false, "the approach", "approach strategy design architecture solution fix method plan"),
  ORDER(false, "the order of work", "priority priorities order next first");

  private final boolean told;
  private final String topic;
  private final List<String> words;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  /**
   * @param told whether a project mostly tells it
   */
  QuestionTopic(boolean told, String topic, String words) {
    this.told = told;
    this.topic = topic;
    this.words = List.of(words.split(" "));
  }

  /** As it is kept and shown. */
  public String wireName() {
    return wireName;
  }

  /** Under which questions on it are counted. */
  public String label() {
    return "question " + wireName;
  }

  /** As it stands in a sentence. */
  public String topic() {
    return topic;
  }

  /** Whether files and history of a project mostly tell it; else only a person knows. */
  public boolean isToldByTheProject() {
    return told;
  }

  /** The first topic of which the reason has a word; empty when it has none. */
  public static Optional<QuestionTopic> of(@Nullable String reason) {
    if (reason == null) {
      return Optional.empty();
    }
    List<String> said = List.of(reason.toLowerCase(Locale.ROOT).split("[^a-z]+"));
    return Arrays.stream(values())
        .filter(each -> said.stream().anyMatch(each.words::contains))
        .findFirst();
  }
}
