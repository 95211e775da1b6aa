package dev.flightlog.learning.rules;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes rules from what recurs: errors and what made it work afterwards, corrections and questions
 * of people, checks that take time. Immutable; safe for several threads.
 */
public final class RuleProposer {
  /** Of all errors of the window, or of the calls that could have failed so. */
  public static final double LEAST_SHARE = 0.03;

  public static final int LEAST_ERRORS = 3;
  public static final int LEAST_SESSIONS = 2;

  /** A change that helped less often is chance. */
  private static final int LEAST_HELPED = 2;

  /** How many of the remedies are looked at until one has a sentence. */
  private static final int MOST_REMEDIES = 3;

  private final Slots slots;
  private final RuleGrammar grammar;
  private final ToolCalls calls;
  private final TokenEstimate tokens = TokenEstimate.standard();

  public RuleProposer(ToolCalls calls) {
    this.slots = new Slots(calls.succeeded().keySet());
    this.grammar = new RuleGrammar(slots);
    this.calls = calls;
  }

  /**
   * Errors that would become one rule: of one class, or of one lesson.
   *
   * @param name in words; may hold text of the log
   */
  private record Group(String name, Optional<Lesson> lesson, List<ErrorFact> errors) {
    SortedSet<String> tools() {
      return errors.stream().map(ErrorFact::tool).collect(Collectors.toCollection(TreeSet::new));
    }

    SortedSet<String> met() {
      return errors.stream().map(ErrorFact::label).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the rule is about: with a lesson all its types, whether they were met or not. */
    SortedSet<String> labels() {
      if (lesson.isPresent()) {
        return lesson.get().labels(tools());
      }
      return met();
    }
  }

  /**
   * Everything that recurs and what becomes of it: classes of errors, the most frequent first, then
   * corrections, questions and checks.
   *
   * @param known the rules that are kept
   */
  public List<Proposal> propose(Recurring recurring, RuleBook known) {
    List<Proposal> proposals = new ArrayList<>(propose(recurring.errors(), known.entries()));
    List<Candidate> others = new ArrayList<>(PeopleCandidates.of(recurring));
    others.addAll(new CheckCandidates(slots).of(recurring.checks()));
    others.sort(Comparator.comparingLong((Candidate each) -> -each.met().count()));
    others.forEach(each -> proposals.add(each.proposal(known.entries())));
    return List.copyOf(proposals);
  }

  List<Proposal> propose(List<ErrorFact> errors, List<RuleBook.Entry> known) {
    Map<String, Group> groups = new TreeMap<>();
    for (ErrorFact each : errors) {
      Optional<Lesson> lesson =
          grammar.knowsTool(each.tool()) ? Lesson.of(each.errorType()) : Optional.empty();
      String name = lesson.map(Lesson::signature).orElseGet(each::label);
      groups
          .computeIfAbsent(name, key -> new Group(key, lesson, new ArrayList<>()))
          .errors
          .add(each);
    }
    List<Group> byCount = new ArrayList<>(groups.values());
    byCount.sort(
        Comparator.comparingInt((Group each) -> -each.errors.size()).thenComparing(Group::name));
    List<Proposal> proposals = new ArrayList<>();
    for (Group each : byCount) {
      proposals.add(propose(each, errors.size(), known));
    }
    return List.copyOf(proposals);
  }

  private Proposal propose(Group group, int allErrors, List<RuleBook.Entry> known) {
    String name = String.join(", ", group.met());
    Occurrences.Counter counter = new Occurrences.Counter();
    group.errors.forEach(each -> counter.add(each.occasion(), each.id()));
    Occurrences met = counter.total();
    ErrorFact newest = group.errors.getLast();
    Optional<String> excluded = Exclusions.reason(newest);
    if (excluded.isPresent()) {
      return new Proposal.LeftOut(name, met.count(), excluded.get());
    }
    long opportunities = newest.isVague() ? 0 : group.tools().stream().mapToLong(calls::all).sum();
    double share = (double) met.count() / allErrors;
    double rate = opportunities == 0 ? 0 : (double) met.count() / opportunities;
    if (met.count() < LEAST_ERRORS || met.sessions() < LEAST_SESSIONS) {
      return new Proposal.LeftOut(
          name,
          met.count(),
          "it needs " + LEAST_ERRORS + " errors in " + LEAST_SESSIONS + " sessions");
    }
    if (share < LEAST_SHARE && rate < LEAST_SHARE) {
      return new Proposal.LeftOut(
          name, met.count(), "it is below 3 % of the errors and of the calls that could fail so");
    }
    Optional<Wording> wording = group.lesson.isEmpty() ? byRemedy(group) : byLesson(group);
    return wording
        .map(worded -> {
          Rule rule = rule(group, worded, met, opportunities, share);
          return known(rule, group, known)
              .<Proposal>map(entry -> new Proposal.Known(name, entry.rule(), entry.state()))
              .orElseGet(() -> new Proposal.Proposed(name, rule));
        })
        .orElseGet(() ->
            new Proposal.LeftOut(
                name,
                met.count(),
                "nothing that helped at least "
                    + LEAST_HELPED
                    + " times can be said in the grammar"));
  }

  /** The same rule, or one of an earlier version that told the lesson for one of the classes. */
  private static Optional<RuleBook.Entry> known(Rule rule, Group group, List<RuleBook.Entry> book) {
    Optional<RuleBook.Entry> same =
        book.stream().filter(entry -> entry.rule().id().equals(rule.id())).findFirst();
    if (same.isPresent() || group.lesson.isEmpty()) {
      return same;
    }
    Lesson lesson = group.lesson.get();
    return book.stream()
        .filter(entry -> lesson.tells(entry.rule().change()))
        .filter(
            entry -> entry.rule().errorClasses().stream().anyMatch(rule.errorClasses()::contains))
        .findFirst();
  }

  /**
   * What a rule says.
   *
   * @param helped after how many errors it made the same intent succeed
   */
  private record Wording(String signature, String program, String text, long helped) {}

  private Rule rule(
      Group group, Wording worded, Occurrences met, long opportunities, double share) {
    return new Rule(
        Sha256.hex(worded.signature).substring(0, 12),
        worded.signature,
        group.labels(),
        worded.text,
        new Rule.Opportunity(group.tools(), worded.program),
        met.count(),
        opportunities,
        share,
        met.sessions(),
        worded.helped,
        tokens.of(worded.text),
        met.evidence());
  }

  private Optional<Wording> byLesson(Group group) {
    Lesson lesson = group.lesson.orElseThrow();
    long helped = 0;
    for (ErrorFact each : group.errors) {
      helped += lesson.tells(each.change()) ? 1 : 0;
    }
    long count = helped;
    return grammar
        .sentence(lesson, group.tools())
        .map(text -> new Wording(lesson.signature(), "", text, count));
  }

  private Optional<Wording> byRemedy(Group group) {
    ErrorFact newest = group.errors.getLast();
    String program = newest.isVague() ? newest.program() : "";
    return whatHelped(group.name, group.errors).stream()
        .flatMap(candidate ->
            grammar
                .sentence(newest.tool(), newest.errorType(), program, candidate.change())
                .map(text ->
                    new Wording(
                        group.name + Rule.CHANGE + candidate.change().key(),
                        program,
                        text,
                        candidate.helped()))
                .stream())
        .findFirst();
  }

  /** A change that a rule could tell, and after how many of the errors it helped. */
  private record Helped(Change change, long helped) {}

  /** What helped most often. */
  private static List<Helped> whatHelped(String label, List<ErrorFact> errors) {
    return RemedyRanking.among(label, errors, Integer.MAX_VALUE).stream()
        .limit(MOST_REMEDIES)
        .filter(remedy -> remedy.helped().count() >= LEAST_HELPED)
        .map(remedy -> new Helped(remedy.change(), remedy.helped().count()))
        .toList();
  }
}
