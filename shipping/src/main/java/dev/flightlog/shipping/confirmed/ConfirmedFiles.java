package dev.flightlog.shipping.confirmed;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.shipping.confirmed.Root.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much of the files of this machine its shared store has confirmed, kept in a file of the home,
 * so that any process can tell what waits, also while no server answers. Written at most every few
 * seconds, so that after a crash rather too much is said to wait; what is read again then changes
 * nothing. Safe for many threads.
 */
public final class ConfirmedFiles {
  /** The name of the file, in the home. */
  public static final String FILE = "shipping.json";

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path file;
  private final String store;
  private final Clock clock;
  private ConfirmedState state;
  private long written;
  private boolean changed;

  /**
   * @param store the address of the shared store: of another one nothing is confirmed
   * @throws IOException when the file is there and cannot be read
   */
  public ConfirmedFiles(Path home, String store, Clock clock) throws IOException {
    this.file = home.resolve(FILE);
    this.store = store;
    this.clock = clock;
    this.state = ConfirmedState.read(file, store, clock.millis());
    this.written = System.nanoTime() - PAUSE_NANOS;
  }

  /** How the files of a root are now, before they are read. */
  public Look look(Root root) {
    return new Look(root, clock.millis(), root.files());
  }

  /** All that was there at this look is in the store. */
  public synchronized void confirm(Look look) {
    boolean news = state.confirm(look);
    if (news || !state.problem().isEmpty() || System.nanoTime() - written >= LONGEST_NANOS) {
      state = state.withProblem("");
      changed = true;
    }
    writeNowAndThen();
  }

  /** Nothing was taken, for this reason. */
  public synchronized void failed(String problem) {
    if (!problem.equals(state.problem())) {
      state = state.withProblem(problem);
      changed = true;
      written = System.nanoTime() - PAUSE_NANOS;
      writeNowAndThen();
    }
  }

  private void writeNowAndThen() {
    if (changed && System.nanoTime() - written >= PAUSE_NANOS) {
      flush();
    }
  }

  /** Writes what is not written yet; what cannot be written is read again some time. */
  public synchronized void flush() {
    if (!changed) {
      return;
    }
    try {
      state.with(ConfirmedState.read(file, store, clock.millis()));
      AtomicFile.write(file, state.encoded(store));
      changed = false;
    } catch (IOException e) {
      // The next look writes it.
    }
    written = System.nanoTime();
  }

  /** What waits of these. */
  public synchronized Backlog backlog(List<Root> roots) {
    Unconfirmed unconfirmed = new Unconfirmed();
    Optional<Instant> confirmed = Optional.empty();
    boolean all = true;
    for (Root root : roots) {
      Optional<Instant> looked = state.looked(root);
      for (Map.Entry<String, Seen> each : root.files().entrySet()) {
        long from = state.confirmed(root, each.getKey(), each.getValue());
        if (from < each.getValue().size()) {
          unconfirmed.add(
              Path.of(each.getKey()), from, each.getValue(), looked.orElse(state.begun()));
        }
      }
      all &= looked.isPresent();
      if (looked.isPresent() && confirmed.filter(looked.get()::isAfter).isEmpty()) {
        confirmed = looked;
      }
    }
    return unconfirmed.backlog(all ? confirmed.orElse(null) : null, state.problem());
  }

  /** Nothing is confirmed any more: the store has lost what it had. */
  public synchronized void forget() {
    state = ConfirmedState.none(clock.millis());
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Then it is overwritten by the next look.
    }
    changed = true;
  }
}
