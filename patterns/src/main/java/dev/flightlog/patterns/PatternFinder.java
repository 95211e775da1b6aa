package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.patterns.sequences.Sequences;
import dev.flightlog.patterns.templates.MessageSignature;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what recurs among facts, the most frequent first. Stateless. */
public final class PatternFinder {
  private PatternFinder() {}

  private static final class Errors {
    final Occurrences.Counter counter = new Occurrences.Counter();
    ErrorFact newest;
    long decided;
    long recovered;

    Errors(ErrorFact first) {
      newest = first;
    }

    void add(ErrorFact each) {
      counter.add(each.occasion(), each.id());
      newest = each.micros() >= newest.micros() ? each : newest;
      decided += each.isDecided() ? 1 : 0;
      recovered += each.recovered() ? 1 : 0;
    }
  }

  /** Classes of tool, error type and template that were met at least twice. */
  public static List<ErrorPattern> errors(List<ErrorFact> facts) {
    Map<String, Errors> met = new TreeMap<>();
    Map<ErrorKind, Errors> ofKind = new HashMap<>();
    for (ErrorFact each : facts) {
      Errors errors = ofKind.get(each.kind());
      if (errors == null) {
        errors = met.computeIfAbsent(labelOf(each), name -> new Errors(each));
        ofKind.put(each.kind(), errors);
      }
      errors.add(each);
    }
    List<ErrorPattern> found = new ArrayList<>();
    for (Map.Entry<String, Errors> each : met.entrySet()) {
      Errors errors = each.getValue();
      if (errors.counter.count() > 1) {
        ErrorFact newest = errors.newest;
        found.add(
            new ErrorPattern(
                idOf(newest),
                each.getKey(),
                newest.tool(),
                newest.errorType(),
                newest.program(),
                newest.template(),
                errors.decided,
                errors.recovered,
                errors.counter.total()));
      }
    }
    return byCount(found);
  }

  /** The name of the pattern to which an error belongs, also when it was met only once. */
  public static String labelOf(ErrorFact error) {
    return error.kind().pattern();
  }

  /** The id of the pattern to which an error belongs, also when it was met only once. */
  public static String idOf(ErrorFact error) {
    return id("error", labelOf(error));
  }

  /**
   * Loops and pairs of error classes.
   *
   * @param facts by session and time
   */
  public static List<Pattern> sequences(List<ErrorFact> facts) {
    Sequences sequences = new Sequences();
    List<Sequences.Step> session = new ArrayList<>();
    for (ErrorFact each : facts) {
      if (each.isOfAnother()) {
        continue;
      }
      if (!session.isEmpty() && !session.getFirst().session().equals(each.session())) {
        sequences.add(session);
        session = new ArrayList<>();
      }
      session.add(
          new Sequences.Step(
              each.session(), each.label(), each.ordinal(), each.micros(), each.id()));
    }
    if (!session.isEmpty()) {
      sequences.add(session);
    }
    List<Pattern> found = new ArrayList<>();
    for (Sequences.Sequence each : sequences.found()) {
      String first = each.labels().getFirst();
      found.add(
          each.labels().size() == 1
              ? new ErrorLoop(id("loop", first), first, each.longest(), each.occurrences())
              : new ErrorPair(
                  id("pair", first + '\n' + each.labels().get(1)),
                  first,
                  each.labels().get(1),
                  each.lift(),
                  each.occurrences()));
    }
    return found;
  }

  private static final class Repeats {
    final Occurrences.Counter counter = new Occurrences.Counter();
    final RepeatFact first;
    long longest;

    Repeats(RepeatFact first) {
      this.first = first;
    }
  }

  /** Calls that were repeated without any change, in the order of their names. */
  public static List<RepeatedCall> repeats(List<RepeatFact> facts) {
    Map<String, Repeats> met = new TreeMap<>();
    for (RepeatFact each : facts) {
      String name =
          each.program().isEmpty() ? each.tool() : each.tool() + " (" + each.program() + ")";
      Repeats repeats = met.computeIfAbsent(name, key -> new Repeats(each));
      repeats.counter.add(each.occasion(), each.firstEvent());
      repeats.longest = Math.max(repeats.longest, each.times());
    }
    List<RepeatedCall> found = new ArrayList<>();
    for (Map.Entry<String, Repeats> each : met.entrySet()) {
      Repeats repeats = each.getValue();
      found.add(
          new RepeatedCall(
              id("repeat", each.getKey()),
              repeats.first.tool(),
              repeats.first.program(),
              repeats.longest,
              repeats.counter.total()));
    }
    return found;
  }

  private static final class Interactions {
    final Occurrences.Counter counter = new Occurrences.Counter();
    InteractionFact newest;
    @Nullable Long waitedMs;

    Interactions(InteractionFact first) {
      newest = first;
    }

    void add(InteractionFact each) {
      counter.add(each.occasion(), each.event());
      boolean tells = each.said() != null || newest.said() == null;
      newest = each.micros() >= newest.micros() && tells ? each : newest;
      Long more = each.waitedMs();
      if (more != null) {
        waitedMs = (waitedMs == null ? 0 : waitedMs) + more;
      }
    }
  }

  /** What people had to do, by kind and reason; refusals that were explained come first. */
  public static List<InteractionPattern> interactions(List<InteractionFact> facts) {
    Map<String, Interactions> met = new TreeMap<>();
    for (InteractionFact each : facts) {
      String reason = each.reason();
      String key = each.kind().wireName() + '\n' + (reason == null ? "" : reason);
      met.computeIfAbsent(key, name -> new Interactions(each)).add(each);
    }
    List<InteractionPattern> found = new ArrayList<>();
    for (Map.Entry<String, Interactions> each : met.entrySet()) {
      Interactions interactions = each.getValue();
      InteractionFact newest = interactions.newest;
      found.add(
          new InteractionPattern(
              id("interaction", each.getKey()),
              newest.kind(),
              newest.reason(),
              interactions.waitedMs,
              newest.said(),
              interactions.counter.total()));
    }
    found.sort(
        Order.comparing((InteractionPattern each) -> !isExplained(each))
            .thenComparingLong(each -> -each.occurrences().count()));
    return found;
  }

  /** A refusal with the person's own words, the surest correction there is. */
  private static boolean isExplained(InteractionPattern each) {
    return each.kind() == InteractionKind.REJECTION && each.said() != null;
  }

  private static <P extends Pattern> List<P> byCount(List<P> found) {
    found.sort(
        Order.comparingLong((P each) -> each.occurrences().count())
            .reversed()
            .thenComparing(Pattern::label));
    return found;
  }

  private static String id(String kind, String of) {
    return MessageSignature.id(kind + '\n' + of);
  }
}
