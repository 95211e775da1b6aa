package dev.flightlog.analysis.ask;

import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.wording.Units;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of the sessions, for one call; notes what an answer that asked for it leaves out.
 * For one thread.
 */
public final class Learning {
  private final Digest digest;
  private Digest.@Nullable Behind behind;

  public Learning(Digest digest) {
    this.digest = digest;
  }

  /** What is known. Blocks while the store works, and fails as it does. */
  public LearnedFacts facts() {
    Digest.Known known = digest.known();
    behind = known.behind() == null ? behind : known.behind();
    return known.facts();
  }

  /** What the answer leaves out because sessions are still being looked at. */
  public Optional<String> note() {
    Digest.Behind left = behind;
    return left == null
        ? Optional.empty()
        : Optional.of(
            "What is learnt from sessions is not complete: "
                + (left.total() == 0
                    ? "they are being looked at"
                    : Units.count(left.done())
                        + " of "
                        + Units.count(left.total(), "event")
                        + " were looked at")
                + "; ask again in a while");
  }
}
