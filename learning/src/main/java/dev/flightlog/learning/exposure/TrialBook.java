package dev.flightlog.learning.exposure;

import dev.flightlog.learning.books.BookFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a home with every look at them, in one append-only file of JSON lines. A line that
 * cannot be read costs itself and is told. Not safe for several threads; two processes may append,
 * each line is whole.
 */
public final class TrialBook {
  private final BookFile file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * How a trial ended.
   *
   * @param verdict by its name; empty when a person ended it
   */
  public record End(Instant at, String verdict, String reason) {}

  /**
   * A trial, its looks, the oldest first, and its end.
   *
   * @param end null while it runs
   */
  public record Entry(Trial trial, List<Look> looks, @Nullable End end) {
    public Entry {
      looks = List.copyOf(looks);
    }

    public boolean runs() {
      return end == null;
    }

    Entry with(Look look) {
      List<Look> all = new ArrayList<>(looks);
      all.add(look);
      return new Entry(trial, all, end);
    }
  }

  private TrialBook(Path file) {
    this.file = new BookFile(file);
  }

  /** Reads the file, which need not exist. */
  public static TrialBook open(Path file) throws IOException {
    TrialBook book = new TrialBook(file);
    book.file.read(value -> book.take(TrialLine.of(value)));
    return book;
  }

  private void take(TrialLine line) {
    switch (line) {
      case TrialLine.Started started ->
          entries.putIfAbsent(started.trial().id(), new Entry(started.trial(), List.of(), null));
      case TrialLine.Looked looked ->
          entries.put(looked.trial(), known(looked.trial()).with(looked.look()));
      case TrialLine.Ended ended -> {
        Entry entry = known(ended.trial());
        entries.put(ended.trial(), new Entry(entry.trial(), entry.looks(), ended.end()));
      }
    }
  }

  private Entry known(String trial) {
    Entry entry = entries.get(trial);
    if (entry == null) {
      throw new IllegalArgumentException("it is about a trial that no line before began");
    }
    return entry;
  }

  /** In the order in which they were begun. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Those that have not ended, in the order in which they were begun. */
  public List<Entry> running() {
    return entries.values().stream().filter(Entry::runs).toList();
  }

  /** All of a rule, the oldest first. */
  public List<Entry> of(String rule) {
    return entries.values().stream().filter(entry -> entry.trial().rule().equals(rule)).toList();
  }

  /** The one of a rule that has not ended. */
  public Optional<Entry> running(String rule) {
    return of(rule).stream().filter(Entry::runs).findFirst();
  }

  /** What could not be read, a sentence a line. */
  public List<String> damaged() {
    return file.damaged();
  }

  /** Keeps a trial that begins. */
  public void start(Trial trial) throws IOException {
    file.append(TrialLine.write(trial));
    take(new TrialLine.Started(trial));
  }

  /** Keeps a look. */
  public void add(String trial, Look look) throws IOException {
    known(trial);
    file.append(TrialLine.write(trial, look));
    take(new TrialLine.Looked(trial, look));
  }

  /** Ends a trial. */
  public void end(String trial, End end) throws IOException {
    known(trial);
    file.append(TrialLine.write(trial, end));
    take(new TrialLine.Ended(trial, end));
  }
}
