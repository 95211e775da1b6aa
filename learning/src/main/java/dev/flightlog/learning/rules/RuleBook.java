package dev.flightlog.learning.rules;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> damaged = new ArrayList<>();

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
    this.file = file;
  }

  /** Reads the file, which need not exist. */
  public static RuleBook open(Path file) throws IOException {
    RuleBook book = new RuleBook(file);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return book;
    }
    int number = 0;
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      number++;
      if (to > from) {
        book.read(bytes, from, to, number);
      }
      from = to + 1;
    }
    return book;
  }

  private void read(byte[] bytes, int from, int to, int number) {
    try {
      JsonReader reader = new JsonReader().reset(bytes, from, to);
      Object value = reader.value();
      reader.finish();
      RuleLine line = RuleLine.of(value);
      switch (line) {
        case RuleLine.Proposed proposed ->
            entries.putIfAbsent(
                proposed.rule().id(),
                new Entry(
                    proposed.rule(),
                    List.of(new Transition(proposed.at(), RuleState.PROPOSED, ""))));
        case RuleLine.Moved moved -> {
          Entry entry = entries.get(moved.id());
          if (entry == null) {
            damaged.add("line " + number + " moves a rule that no line before proposed");
          } else {
            entries.put(moved.id(), entry.after(moved.transition()));
          }
        }
      }
    } catch (JsonException | IllegalArgumentException e) {
      damaged.add("line " + number + " is no line of rules: " + e.getMessage());
    }
  }

  /** In the order in which they were proposed. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  Optional<RuleState> state(String id) {
    return entry(id).map(Entry::state);
  }

  /** What could not be read, a sentence a line. */
  public List<String> damaged() {
    return List.copyOf(damaged);
  }

  /** Keeps a rule that was proposed; one that is there already is left as it is. */
  public void add(Rule rule, Instant at) throws IOException {
    if (entries.containsKey(rule.id())) {
      return;
    }
    append(RuleLine.write(rule, at));
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
    append(RuleLine.write(id, transition));
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

  private void append(String line) throws IOException {
    // A crash may have left half a line: the next one begins on a fresh line.
    String start = endsWithinALine() ? "\n" : "";
    OwnerOnly.append(file, (start + line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private boolean endsWithinALine() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (var channel = Files.newByteChannel(file)) {
      channel.position(channel.size() - 1);
      java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
      return channel.read(last) == 1 && last.get(0) != '\n';
    }
  }
}
