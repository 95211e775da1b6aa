package dev.flightlog.patterns.facts;

import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What recurs among errors, as the finder of patterns finds it, but in numbers alone: added up
 * session by session, so that it can be kept, and what one session gave be replaced. For one
 * thread.
 */
public final class RecurringErrors {
  /** The most tool calls between two errors of a sequence. */
  public static final int NEAR = 10;

  /** Fewer tell nothing, neither of a pair nor in a row. */
  public static final int FEWEST = 3;

  private static final double Z = 1.96;

  /** By the first name, then by the second, which is empty unless it is a pair. */
  private final Map<Kind, Map<String, Map<String, Sum>>> sums = new EnumMap<>(Kind.class);

  /** So that a name is looked up once. */
  private final Map<ErrorKind, Sum> ofKind = new HashMap<>();

  /** So many are kept of each: see {@link #add(Kind, String, String, long[])}. */
  public static final int NUMBERS = 6;

  private long session;

  /** What is added up. */
  public enum Kind {
    ERROR,
    LOOP,
    PAIR
  }

  /**
   * Something that recurs.
   *
   * @param sessions in how many
   * @param decided of errors: of how many it is known what became of them
   * @param recovered after how many of these it worked
   * @param lift of pairs: over chance; else 0
   * @param last the newest, in microseconds since 1970
   */
  public record Met(
      String label,
      long count,
      long sessions,
      long decided,
      long recovered,
      double lift,
      long last) {}

  /** Takes what is added up, one after the other. */
  public interface Keeper {
    /**
     * Takes one.
     *
     * @param second empty unless it is a pair
     * @param numbers as {@link #add(Kind, String, String, long[])} takes them
     */
    void keep(Kind kind, String first, String second, long[] numbers);
  }

  private static final class Sum {
    long count;
    long sessions;
    long decided;
    long recovered;
    long longest;
    long last = Long.MIN_VALUE;

    /** The session that was counted last. */
    private long counted;

    void add(long session, long micros) {
      count++;
      sessions += session == counted ? 0 : 1;
      counted = session;
      last = Math.max(last, micros);
    }

    void add(Sum other) {
      count += other.count;
      sessions += other.sessions;
      decided += other.decided;
      recovered += other.recovered;
      longest = Math.max(longest, other.longest);
      last = Math.max(last, other.last);
    }

    /** False when the newest or the longest of others cannot be told. */
    boolean replace(Sum before, Sum now) {
      count -= before.count;
      sessions -= before.sessions;
      decided -= before.decided;
      recovered -= before.recovered;
      boolean known =
          (before.last < last || now.last >= last)
              && (before.longest < longest || now.longest >= longest);
      if (count == 0) {
        last = Long.MIN_VALUE;
        longest = 0;
        known = true;
      }
      boolean sound = count >= 0 && sessions >= 0 && decided >= 0 && recovered >= 0;
      add(now);
      return known && sound;
    }
  }

  /** Nothing yet. */
  public RecurringErrors() {
    for (Kind kind : Kind.values()) {
      sums.put(kind, new HashMap<>());
    }
  }

  /** Of these errors, by session and time. */
  public static RecurringErrors of(List<ErrorFact> facts) {
    RecurringErrors all = new RecurringErrors();
    int from = 0;
    for (int i = 1; i <= facts.size(); i++) {
      if (i == facts.size() || !facts.get(i).session().equals(facts.get(from).session())) {
        all.add(facts.subList(from, i));
        from = i;
      }
    }
    return all;
  }

  /** Adds the errors of a session that was not added yet, in their order. */
  public void add(List<ErrorFact> facts) {
    session++;
    ErrorFact before = null;
    int run = 1;
    for (ErrorFact each : facts) {
      Sum sum = ofKind.get(each.kind());
      if (sum == null) {
        sum = sum(Kind.ERROR, each.kind().pattern(), "");
        ofKind.put(each.kind(), sum);
      }
      sum.add(session, each.micros());
      sum.decided += each.isDecided() ? 1 : 0;
      sum.recovered += each.recovered() ? 1 : 0;
      if (each.isOfAnother()) {
        continue;
      }
      boolean again = false;
      if (before != null) {
        boolean follows = each.ordinal() - before.ordinal() <= NEAR + 1;
        again = follows && each.label().equals(before.label());
        if (follows) {
          sum(Kind.PAIR, before.label(), each.label()).add(session, each.micros());
        }
        if (!again) {
          endRun(before, run);
        }
      }
      run = again ? run + 1 : 1;
      before = each;
    }
    if (before != null) {
      endRun(before, run);
    }
  }

  private void endRun(ErrorFact last, int run) {
    if (run >= FEWEST) {
      Sum loop = sum(Kind.LOOP, last.label(), "");
      loop.add(session, last.micros());
      loop.longest = Math.max(loop.longest, run);
    }
  }

  private Sum sum(Kind kind, String first, String second) {
    return of(kind)
        .computeIfAbsent(first, _ -> new HashMap<>())
        .computeIfAbsent(second, _ -> new Sum());
  }

  private Map<String, Map<String, Sum>> of(Kind kind) {
    return sums.getOrDefault(kind, Map.of());
  }

  /**
   * Takes back what a session gave, and adds what it gives now. False when what is left is not
   * known then, as of the newest of all that was taken back; this is of no use any more then.
   */
  public boolean replace(List<ErrorFact> before, List<ErrorFact> now) {
    RecurringErrors old = new RecurringErrors();
    old.add(before);
    RecurringErrors fresh = new RecurringErrors();
    fresh.add(now);
    ofKind.clear();
    for (Kind kind : Kind.values()) {
      for (Map.Entry<String, Map<String, Sum>> first : old.of(kind).entrySet()) {
        for (Map.Entry<String, Sum> second : first.getValue().entrySet()) {
          Map<String, Sum> then = fresh.of(kind).getOrDefault(first.getKey(), Map.of());
          Sum given = then.containsKey(second.getKey()) ? then.remove(second.getKey()) : null;
          Map<String, Sum> own = of(kind).getOrDefault(first.getKey(), Map.of());
          Sum sum = own.get(second.getKey());
          if (sum == null || !sum.replace(second.getValue(), given == null ? new Sum() : given)) {
            return false;
          }
          if (sum.count == 0) {
            own.remove(second.getKey());
          }
        }
      }
    }
    fresh.keep(this::add);
    return true;
  }

  /** Tells all of it. */
  public void keep(Keeper keeper) {
    for (Kind kind : Kind.values()) {
      of(kind)
          .forEach((first, followers) ->
              followers.forEach((second, sum) ->
                  keeper.keep(
                      kind,
                      first,
                      second,
                      new long[] {
                        sum.count, sum.sessions, sum.decided, sum.recovered, sum.longest, sum.last
                      })));
    }
  }

  /**
   * Adds what was kept, of other sessions.
   *
   * @param numbers count, sessions, decided, recovered, the longest run, the last time
   */
  public void add(Kind kind, String first, String second, long[] numbers) {
    Sum kept = new Sum();
    kept.count = numbers[0];
    kept.sessions = numbers[1];
    kept.decided = numbers[2];
    kept.recovered = numbers[3];
    kept.longest = numbers[4];
    kept.last = numbers[5];
    sum(kind, first, second).add(kept);
  }

  /** Classes of tool, error type and template that were met at least twice, as the finder's. */
  public List<Met> errors() {
    List<Met> found = new ArrayList<>();
    of(Kind.ERROR)
        .forEach((label, each) ->
            each.forEach((_, sum) -> {
              if (sum.count > 1) {
                found.add(met(label, sum, 0));
              }
            }));
    found.sort(Order.comparingLong(Met::count).reversed().thenComparing(Met::label));
    return found;
  }

  /** A sequence, and by what it is put in order behind its numbers. */
  private record Sequence(Met met, String names) {}

  /** Loops and pairs, as the finder's. */
  public List<Met> sequences() {
    List<Sequence> found = new ArrayList<>();
    of(Kind.LOOP)
        .forEach((label, each) ->
            each.forEach((_, sum) -> {
              String words = label + ", up to " + sum.longest + " in a row";
              found.add(new Sequence(met(words, sum, 0), label));
            }));
    long all = 0;
    Map<String, Long> seconds = new HashMap<>();
    for (Map<String, Sum> followers : of(Kind.PAIR).values()) {
      for (Map.Entry<String, Sum> each : followers.entrySet()) {
        all += each.getValue().count;
        seconds.merge(each.getKey(), each.getValue().count, Long::sum);
      }
    }
    for (Map.Entry<String, Map<String, Sum>> first : of(Kind.PAIR).entrySet()) {
      long followers = first.getValue().values().stream().mapToLong(sum -> sum.count).sum();
      for (Map.Entry<String, Sum> second : first.getValue().entrySet()) {
        Sum sum = second.getValue();
        long chance = seconds.getOrDefault(second.getKey(), 0L);
        double lift = lift(sum.count, sum.sessions, followers, chance, all);
        if (!second.getKey().equals(first.getKey()) && lift > 0) {
          String words = first.getKey() + ", then " + second.getKey();
          String names = first.getKey() + '\n' + second.getKey();
          found.add(new Sequence(met(words, sum, lift), names));
        }
      }
    }
    found.sort(
        Order.comparingLong((Sequence each) -> each.met().count())
            .thenComparingLong(each -> each.met().sessions())
            .reversed()
            .thenComparing(Sequence::names));
    return found.stream().map(Sequence::met).toList();
  }

  private static Met met(String label, Sum sum, double lift) {
    return new Met(label, sum.count, sum.sessions, sum.decided, sum.recovered, lift, sum.last);
  }

  /**
   * The lift of a pair; 0 when it is not told.
   *
   * @param count how often it was met
   * @param sessions in how many sessions
   * @param first followers of the first of it
   * @param second how often the second of it followed anything
   * @param all followers there are
   */
  public static double lift(long count, long sessions, long first, long second, long all) {
    double chance = (double) second / all;
    return count >= FEWEST && sessions > 1 && lowest(count, first) > chance
        ? (double) count / first / chance
        : 0;
  }

  /** The lower end of Wilson's interval. */
  private static double lowest(long part, long whole) {
    double share = (double) part / whole;
    double square = Z * Z / whole;
    double middle = share + square / 2;
    double reach = Z * Math.sqrt((share * (1 - share) + square / 4) / whole);
    return (middle - reach) / (1 + square);
  }
}
