package dev.flightlog.cli.rules;

import dev.flightlog.event.EventBatch;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.SharedTrials;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.store.StoreException;
import dev.flightlog.tasks.PeriodicThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells the machines of a shared store what is on trial here, and has hooks show what is on trial
 * there, when {@code rules.shared} says so: so the sessions of all of them are drawn, and counted
 * by the one that began the trial. Once a minute, on a thread of its own; a store that is away is
 * asked the next time.
 */
public final class TrialExchange implements AutoCloseable {
  /** The mark under which each machine tells its trials. */
  static final String KEY = "shared:trials";

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Home home;
  private final Consumer<String> say;
  private final PeriodicThread clock;

  public TrialExchange(Home home, Consumer<String> say) {
    this.home = home;
    this.say = say;
    this.clock = new PeriodicThread("flightlog-trials", say);
  }

  /** Begins, unless the store of this home is its own. */
  public TrialExchange start() {
    if (HomeShipping.isShared(home)) {
      clock.every(Duration.ZERO, EVERY, "telling machines what is on trial", this::run);
    }
    return this;
  }

  /** Does it once. */
  void run() {
    try (Index index = Index.open(home)) {
      exchange(index.store());
    } catch (StoreException | HomeException e) {
      // The shipper waits for the store, and tells why.
    } catch (IOException e) {
      say.accept("what is on trial cannot be read or written: " + e.getMessage());
    }
  }

  private void exchange(EventStore store) throws IOException {
    Settings settings = home.settings();
    List<Trial> own =
        TrialBook.open(home.file("trials.jsonl")).running().stream()
            .map(TrialBook.Entry::trial)
            .toList();
    tell(store, home.contentStays() ? List.of() : own);
    HookFiles hooks = new HookFiles(home.folder(), home.journals());
    if (hooks.keepOthers(settings.flag(Setting.RULES_SHARED) ? ofOthers(store, own) : List.of())) {
      hooks.show(own);
    }
  }

  private static void tell(EventStore store, List<Trial> own) {
    List<Trial> shown =
        own.stream()
            .filter(trial -> trial.terms().placement() != Placement.FILE && trial.hasKey())
            .toList();
    String now = SharedTrials.write(shown);
    if (!now.equals(store.marks(KEY).getOrDefault(KEY, ""))) {
      store.append(
          new Append(new EventBatch(), List.of(new Mark(KEY, now.isEmpty() ? null : now))));
    }
  }

  private List<Trial> ofOthers(EventStore store, List<Trial> own) {
    Set<String> known = own.stream().map(Trial::rule).collect(Collectors.toSet());
    List<Trial> others = new ArrayList<>();
    store
        .marksOfMachines(KEY)
        .forEach((machine, text) -> {
          for (Trial trial :
              SharedTrials.read(
                  text, why -> say.accept("left out a trial of machine " + machine + ": " + why))) {
            if (others.size() < SharedTrials.MOST && known.add(trial.rule())) {
              others.add(trial);
            }
          }
        });
    return others;
  }

  @Override
  public void close() {
    clock.close();
  }
}
