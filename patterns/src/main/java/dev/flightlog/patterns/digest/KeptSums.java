package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.patterns.facts.RecurringErrors.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What recurs among the errors of all packs, and where each pack begins, so that what a session
 * gave to it can be found again. One text.
 *
 * @param begins the first session of each pack, in their order
 */
record KeptSums(RecurringErrors sums, List<String> begins) {

  /** Of packs that begin with these sessions, and hold these facts. */
  static String write(Collection<List<Fact>> sessions, Collection<String> begins) {
    RecurringErrors sums = new RecurringErrors();
    sessions.forEach(facts -> sums.add(errors(facts)));
    PackWriter out = new PackWriter();
    out.number(begins.size());
    begins.forEach(out::text);
    sums.keep((kind, first, second, numbers) -> {
      out.number(kind.ordinal()).name(first).name(second);
      for (long number : numbers) {
        out.signed(number);
      }
    });
    return out.finish();
  }

  /** Those of a session that are errors, which all are. */
  static List<ErrorFact> errors(List<Fact> facts) {
    List<ErrorFact> errors = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      if (fact instanceof ErrorFact error) {
        errors.add(error);
      }
    }
    return errors;
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IndexOutOfBoundsException when it is something else
   */
  static KeptSums read(String text) {
    PackReader in = new PackReader(text);
    List<String> begins = new ArrayList<>();
    for (int left = in.index(); left > 0; left--) {
      begins.add(in.text());
    }
    RecurringErrors sums = new RecurringErrors();
    Kind[] kinds = Kind.values();
    long[] numbers = new long[RecurringErrors.NUMBERS];
    while (in.hasMore()) {
      Kind kind = kinds[in.index()];
      String first = in.nameOrEmpty();
      String second = in.nameOrEmpty();
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.signed();
      }
      sums.add(kind, first, second, numbers);
    }
    return new KeptSums(sums, begins);
  }

  /** The number of the pack that holds a session if any does; -1 when none can. */
  int packOf(String session) {
    int place = Collections.binarySearch(begins, session);
    return place >= 0 ? place : -place - 2;
  }
}
