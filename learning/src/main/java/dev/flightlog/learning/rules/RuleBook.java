package dev.flightlog.learning.rules;

import dev.flightlog.learning.books.BookFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a home with all that ever happened to them, in one append-only file of JSON lines. A
 * line that cannot be read costs itself and is told. Not safe for several threads; two processes
 * may append, each line is whole.
 */
public final class RuleBook {
  private final BookFile file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * A step in the life of a rule.
   *
   * @param reason in the words of whoever took it; empty when none were given
   */
  public record Transition(Instant at, RuleState state, String reason) {}

  /** A rule and its history, the oldest step first. */
  public record Entry(Rule rule, List<Transition> history) {
    public Entry {
      history = List.copyOf(history);
    }

    public RuleState state() {
      return history.getLast().state();
    }

    Entry after(Transition next) {
      List<Transition> all = new ArrayList<>(history);
      all.add(next);
      return new Entry(rule, all);
    }
  }

  private RuleBook(Path file) {
    this.file = new BookFile(file);
  }

  /** Reads the file, which need not exist. */
  public static RuleBook open(Path file) throws IOException {
    RuleBook book = new RuleBook(file);
    book.file.read(value -> book.take(RuleLine.of(value)));
    return book;
  }

  private void take(RuleLine line) {
    switch (line) {
      case RuleLine.Proposed proposed ->
          entries.putIfAbsent(
              proposed.rule().id(),
              new Entry(
                  proposed.rule(), List.of(new Transition(proposed.at(), RuleState.PROPOSED, ""))));
      case RuleLine.Moved moved -> {
        Entry entry = entries.get(moved.id());
        if (entry == null) {
          throw new IllegalArgumentException("it moves a rule that no line before proposed");
        }
        entries.put(moved.id(), entry.after(moved.transition()));
      }
    }
  }

  /** In the order in which they were proposed. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** What could not be read, a sentence a line. */
  public List<String> damaged() {
    return file.damaged();
  }

  /** Keeps a rule that was proposed; one that is there already is left as it is. */
  public void add(Rule rule, Instant at) throws IOException {
    if (entries.containsKey(rule.id())) {
      return;
    }
    file.append(RuleLine.write(rule, at));
    entries.put(rule.id(), new Entry(rule, List.of(new Transition(at, RuleState.PROPOSED, ""))));
  }

  /**
   * Takes a rule one step further.
   *
   * @return the rule with its new state, or why it stays as it is
   */
  public Move move(String id, RuleState next, String reason, Instant at) throws IOException {
    Entry entry = entries.get(id);
    if (entry == null) {
      return new Move.Unknown(id);
    }
    if (!entry.state().leadsTo(next)) {
      return new Move.NotAllowed(entry, next);
    }
    Transition transition = new Transition(at, next, reason);
    file.append(RuleLine.write(id, transition));
    Entry moved = entry.after(transition);
    entries.put(id, moved);
    return new Move.Done(moved);
  }

  /** What became of a step. */
  public sealed interface Move {
    record Done(Entry entry) implements Move {}

    record Unknown(String id) implements Move {}

    record NotAllowed(Entry entry, RuleState wanted) implements Move {}
  }
}
