package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.interactions.CorrectionKind;
import dev.flightlog.patterns.interactions.QuestionTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Candidates from what people had to do: corrections by their kind, questions by their topic. Kind
 * and topic are told by closed lists; of what was said, nothing but ids and counts goes on.
 * Stateless.
 */
final class PeopleCandidates {
  private PeopleCandidates() {}

  static List<Candidate> of(Recurring recurring) {
    List<Candidate> candidates = new ArrayList<>(corrections(recurring));
    candidates.addAll(questions(recurring));
    return candidates;
  }

  private static List<Candidate> corrections(Recurring recurring) {
    Map<CorrectionKind, Occurrences.Counter> kinds = new EnumMap<>(CorrectionKind.class);
    Occurrences.Counter all = new Occurrences.Counter();
    for (InteractionFact each : recurring.interactions()) {
      if (each.kind() == InteractionKind.CORRECTION) {
        String said = each.said() == null ? "" : each.said();
        kinds
            .computeIfAbsent(CorrectionKind.of(said), any -> new Occurrences.Counter())
            .add(each.occasion(), each.event());
        all.add(each.occasion(), each.event());
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    kinds.forEach((kind, counter) -> {
      if (kind != CorrectionKind.OTHER) {
        candidates.add(
            correction(
                kind.label(), new TreeSet<>(List.of(kind.label())), kind, counter, all, recurring));
      }
    });
    boolean told = candidates.stream().anyMatch(each -> each.tooLittle().isEmpty());
    if (all.count() > 0 && !told) {
      SortedSet<String> labels = new TreeSet<>();
      Arrays.stream(CorrectionKind.values()).forEach(kind -> labels.add(kind.label()));
      return List.of(
          correction("corrections of any kind", labels, CorrectionKind.OTHER, all, all, recurring));
    }
    return candidates;
  }

  private static Candidate correction(
      String name,
      SortedSet<String> labels,
      CorrectionKind kind,
      Occurrences.Counter met,
      Occurrences.Counter all,
      Recurring recurring) {
    return new Candidate(
        name,
        kind.label(),
        labels,
        Optional.of(sentence(kind)),
        new Rule.Opportunity(Measure.CORRECTIONS, new TreeSet<>(), ""),
        met.total(),
        recurring.laterPrompts(),
        (double) met.count() / all.count());
  }

  private static String sentence(CorrectionKind kind) {
    return switch (kind) {
      case TOLD_BEFORE ->
          "Before you start a new piece of work, go through what the person has asked for in this"
              + " session, and keep to it.";
      case UNASKED ->
          "Change only what was asked for; when more seems needed, name it and ask before you do it.";
      case WRONG_PLACE ->
          "Before you change something, make sure that it is the file, folder or branch that is"
              + " meant; when in doubt, ask.";
      case NOT_WORKING -> "Before you say that something works, run it and look at what it does.";
      case OTHER ->
          "Before a larger change, say in one or two sentences what you will do and what you will"
              + " leave as it is.";
    };
  }

  private static List<Candidate> questions(Recurring recurring) {
    Map<QuestionTopic, Occurrences.Counter> topics = new EnumMap<>(QuestionTopic.class);
    long all = 0;
    for (InteractionFact each : recurring.interactions()) {
      if (each.kind() == InteractionKind.CLARIFICATION) {
        all++;
        QuestionTopic.of(each.reason())
            .ifPresent(topic ->
                topics
                    .computeIfAbsent(topic, any -> new Occurrences.Counter())
                    .add(each.occasion(), each.event()));
      }
    }
    long questions = all;
    List<Candidate> candidates = new ArrayList<>();
    topics.forEach((topic, counter) ->
        candidates.add(
            new Candidate(
                topic.label(),
                topic.label(),
                new TreeSet<>(List.of(topic.label())),
                Optional.of(sentence(topic)),
                new Rule.Opportunity(Measure.QUESTIONS, new TreeSet<>(), ""),
                counter.total(),
                recurring.prompts() == 0 ? 0 : recurring.prompts() + questions,
                (double) counter.count() / questions)));
    return candidates;
  }

  private static String sentence(QuestionTopic topic) {
    return topic.isToldByTheProject()
        ? "Before you ask about "
            + topic.topic()
            + ", look for the answer in the instructions, files and history of the project."
        : "Ask what is unclear about " + topic.topic() + " before you begin, all of it at once.";
  }
}
