package dev.flightlog.analysis;

import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.digest.Learner;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.interactions.InteractionObserver;
import dev.flightlog.patterns.remedies.ErrorObserver;
import dev.flightlog.patterns.sequences.CheckObserver;
import dev.flightlog.patterns.sequences.RepeatObserver;
import dev.flightlog.store.EventStore;
import java.util.List;

/** Every observer of sessions there is; questions find their facts by the observer's name. */
public final class Observers {
  private static final List<SessionObserver> ALL =
      List.of(
          new ErrorObserver(),
          new RepeatObserver(),
          new InteractionObserver(),
          new CheckObserver());

  /** So many events are looked at in about a second. */
  private static final long QUICK = 20_000;

  private Observers() {}

  /**
   * What is learnt of the sessions of this store. Its first refresh reads every session that
   * another process has not yet looked at, which takes a while for millions of events; an import
   * ends with one.
   */
  public static Digest digest(EventStore store) {
    return new Digest(store, ALL);
  }

  /** The same for a program that stays, which does not wait for more than a few sessions. */
  static Digest digestInBackground(EventStore store) {
    return Digest.inBackground(store, ALL, QUICK);
  }

  /** Who keeps what all machines learn of a store that they share. */
  public static Learner learner(EventStore store) {
    return new Learner(store, ALL);
  }
}
