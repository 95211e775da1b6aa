package dev.flightlog.learning.exposure;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Trials as one machine tells them to others: the lines of the book with which they began. What
 * comes from elsewhere is given to agents here, so a trial is taken only in the closed form that a
 * rule has: one line of words, numbers, punctuation and code spans.
 */
public final class SharedTrials {
  /** So many of all machines are taken; each costs every session its text. */
  public static final int MOST = 20;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}-[0-9]{1,4}");
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 .,;:`()_/+-]{1,400}");

  private SharedTrials() {}

  /** A line each. */
  public static String write(List<Trial> trials) {
    return trials.stream().map(TrialLine::write).collect(Collectors.joining("\n"));
  }

  /**
   * Reads what another one has written.
   *
   * @param leftOut is told why, for each line that is no trial of a closed form
   */
  public static List<Trial> read(String text, Consumer<String> leftOut) {
    List<Trial> trials = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      try {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Object value = new JsonReader().reset(bytes, 0, bytes.length).value();
        if (!(TrialLine.of(value) instanceof TrialLine.Started(Trial trial))) {
          throw new IllegalArgumentException("it does not begin a trial");
        }
        check(trial);
        trials.add(trial);
      } catch (JsonException | IllegalArgumentException e) {
        leftOut.accept(String.valueOf(e.getMessage()));
      }
      if (trials.size() == MOST) {
        break;
      }
    }
    return trials;
  }

  private static void check(Trial trial) {
    if (!ID.matcher(trial.id()).matches() || !trial.id().startsWith(trial.rule() + "-")) {
      throw new IllegalArgumentException("its id is none of a trial");
    }
    if (!trial.hasKey()) {
      throw new IllegalArgumentException("it has no key");
    }
    if (trial.terms().placement() == Placement.FILE) {
      throw new IllegalArgumentException("it stands in files, which hooks do not show");
    }
    if (!TEXT.matcher(trial.text()).matches()) {
      throw new IllegalArgumentException("its text has not the form of a rule");
    }
  }
}
