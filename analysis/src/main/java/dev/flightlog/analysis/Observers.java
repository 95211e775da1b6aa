package dev.flightlog.analysis;

import dev.flightlog.analysis.digest.Digest;
import dev.flightlog.analysis.digest.SessionObserver;
import dev.flightlog.analysis.interactions.InteractionObserver;
import dev.flightlog.analysis.remedies.ErrorObserver;
import dev.flightlog.analysis.sequences.RepeatObserver;
import dev.flightlog.store.EventStore;
import java.util.List;

/** Every observer of sessions there is; questions find their facts by the observer's name. */
public final class Observers {
  private static final List<SessionObserver> ALL =
      List.of(new ErrorObserver(), new RepeatObserver(), new InteractionObserver());

  private Observers() {}

  /**
   * What is learnt of the sessions of this store. Its first refresh reads every session that
   * another process has not yet looked at, which takes a while for millions of events; an import
   * ends with one.
   */
  public static Digest digest(EventStore store) {
    return new Digest(store, ALL);
  }
}
