package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.digest.Digest.Behind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known while sessions are looked at in the background: what was known before, or in a home
 * that nothing was known of, what the store keeps by now, renewed at every tenth of the work. Safe
 * for many threads.
 */
final class Partial implements Digest.Progress {
  private final LearnedFacts.Source kept;
  private @Nullable LearnedFacts before;
  private LearnedFacts shown;
  private Behind behind = new Behind(0, 0);
  private long tenth;

  Partial(LearnedFacts.Source kept) {
    this.kept = kept;
    shown = fresh();
  }

  private LearnedFacts fresh() {
    return new LearnedFacts(Map.of(), kept, Set.of());
  }

  /** The work begins. */
  synchronized void begin(@Nullable LearnedFacts known) {
    before = known;
    behind = new Behind(0, 0);
    tenth = 0;
    shown = fresh();
  }

  @Override
  public synchronized void progress(long done, long total) {
    behind = new Behind(done, total);
    long reached = total == 0 ? 0 : done * 10 / total;
    if (reached > tenth) {
      tenth = reached;
      shown = fresh();
    }
  }

  synchronized Digest.Known known() {
    LearnedFacts all = before;
    return new Digest.Known(all == null ? shown : all, behind);
  }
}
