package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.RecurringErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all observers found up to one moment. What one of them found is loaded when it is first
 * asked for. Safe for several threads.
 */
public final class LearnedFacts {
  private final Source source;
  private final Map<String, Map<String, List<Fact>>> loaded = new ConcurrentHashMap<>();
  private final Set<String> cutSessions;

  /** Where the facts of an observer come from. */
  interface Source {
    /** There are none. */
    Source NONE =
        new Source() {
          @Override
          public Map<String, List<Fact>> of(String observer) {
            return Map.of();
          }

          @Override
          public List<Fact> of(String observer, String session) {
            return List.of();
          }
        };

    /** All of them, by session. */
    Map<String, List<Fact>> of(String observer);

    /** Those of one session. */
    List<Fact> of(String observer, String session);

    /** Those of some sessions, without such as have none; quicker than one by one. */
    default Map<String, List<Fact>> of(String observer, Collection<String> sessions) {
      Map<String, List<Fact>> found = new TreeMap<>();
      for (String session : sessions) {
        List<Fact> own = of(observer, session);
        if (!own.isEmpty()) {
          found.put(session, own);
        }
      }
      return found;
    }

    /** The errors of some kinds, by session; null when it is quicker to take them from all. */
    default @Nullable Map<String, List<Fact>> errors(Predicate<ErrorKind> wanted) {
      return null;
    }

    /** What recurs among all errors, the caller's from now on; null when it is not kept. */
    default @Nullable RecurringErrors recurring() {
      return null;
    }
  }

  /**
   * @param loaded the facts of observers that are in memory already
   * @param source of all others
   */
  LearnedFacts(
      Map<String, Map<String, List<Fact>>> loaded, Source source, Set<String> cutSessions) {
    this.source = source;
    this.loaded.putAll(loaded);
    this.cutSessions = Set.copyOf(cutSessions);
  }

  /**
   * The facts of this observer by session, each session's by time; empty when there is none of that
   * name. The first time it may block while the store works, and fails as the store does.
   */
  public Map<String, List<Fact>> of(String observer) {
    return loaded.computeIfAbsent(observer, source::of);
  }

  /** Every fact of this kind, by session and time. Blocks and fails as {@link #of(String)}. */
  public <F extends Fact> List<F> all(Class<F> kind) {
    List<F> all = new ArrayList<>();
    for (List<Fact> session : of(FactText.name(kind)).values()) {
      for (Fact fact : session) {
        all.add(kind.cast(fact));
      }
    }
    return all;
  }

  /**
   * Every error of some kinds, by session and time; quicker than all. Blocks and fails as {@link
   * #of(String)}.
   */
  public List<ErrorFact> errors(Predicate<ErrorKind> wanted) {
    boolean known = loaded.containsKey(FactText.name(ErrorFact.class));
    Map<String, List<Fact>> kept = known ? null : source.errors(wanted);
    List<ErrorFact> errors = new ArrayList<>();
    if (kept == null) {
      for (ErrorFact each : all(ErrorFact.class)) {
        if (wanted.test(each.kind())) {
          errors.add(each);
        }
      }
    } else {
      kept.values().forEach(session -> errors.addAll(KeptSums.errors(session)));
    }
    return errors;
  }

  /** What recurs among all errors; quicker than these. Blocks and fails as {@link #of(String)}. */
  public RecurringErrors recurringErrors() {
    boolean known = loaded.containsKey(FactText.name(ErrorFact.class));
    RecurringErrors kept = known ? null : source.recurring();
    return kept == null ? RecurringErrors.of(all(ErrorFact.class)) : kept;
  }

  /**
   * The facts of this kind of some sessions, session by session; quicker for few than {@link
   * #all(Class)}. Blocks and fails as {@link #of(String)}.
   */
  public <F extends Fact> List<F> of(Class<F> kind, Collection<String> sessions) {
    String observer = FactText.name(kind);
    Map<String, List<Fact>> loadedBefore = loaded.get(observer);
    Map<String, List<Fact>> known =
        loadedBefore == null ? source.of(observer, sessions) : loadedBefore;
    List<F> found = new ArrayList<>();
    for (String session : sessions) {
      for (Fact fact : known.getOrDefault(session, List.of())) {
        found.add(kind.cast(fact));
      }
    }
    return found;
  }

  Source source() {
    return source;
  }

  Map<String, Map<String, List<Fact>>> loaded() {
    return Map.copyOf(loaded);
  }

  /** Sessions of which not everything was looked at, because they are too long. */
  public Set<String> cutSessions() {
    return cutSessions;
  }
}
