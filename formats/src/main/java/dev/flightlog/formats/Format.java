package dev.flightlog.formats;

import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.RowReader;
import dev.flightlog.formats.rows.JoinedReader;
import dev.flightlog.formats.rows.OccurrenceRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format that foreign programs write: its name, how it is recognised, its reader. Immutable.
 *
 * @param name as {@code --as} takes it and marks keep it
 * @param title what it is, in a few words
 * @param shape how its records lie in a file
 * @param endings what names of files end in that are looked at in folders, beside {@code .jsonl}
 * @param line tells whether a line can only be of this format, or null where none can; of text, the
 *     first line, whose words are the member without a name
 * @param document tells whether a document can only be of this format, or null where none can
 * @param reader how it is read
 */
public record Format(
    String name,
    String title,
    Shape shape,
    List<String> endings,
    @Nullable Recogniser line,
    @Nullable Recogniser document,
    Reader reader) {

  /** How the records of a format lie in a file. */
  public enum Shape {
    /** One JSON object a line. */
    LINES,
    /** Lines of text. */
    TEXT,
    /** The whole file is one JSON value, or each line is. */
    DOCUMENT,
    /** A database. */
    DATABASE
  }

  /** Looks at the members of a JSON object. */
  @FunctionalInterface
  public interface Recogniser {
    /** True when an object with these members is of the format, and can be of no other. */
    boolean matches(Members members);
  }

  /** How a format is read. */
  public sealed interface Reader {
    /** Its records are understood as occurrences. */
    record Occurrences(Source source) implements Reader {
      /** Makes the reader of a file. */
      @FunctionalInterface
      public interface Source {
        OccurrenceReader of(FileContext file, ReaderSettings settings);
      }
    }

    /** Its records are events already, or nearly: they become rows directly. */
    record Rows(Source source) implements Reader {
      /** Makes the reader of a file. */
      @FunctionalInterface
      public interface Source {
        RowReader of(FileContext file, ReaderSettings settings);
      }
    }

    /** Its records are the rows of a database, and understood as occurrences. */
    record Database(DatabaseForm form, Occurrences.Source source) implements Reader {}

    /** It has no lines: the importer reads it through whoever knows the database. */
    record Tables() implements Reader {}
  }

  /** True when a file of it is one JSON document, though it may also be lines. */
  public boolean isDocument() {
    return shape == Shape.DOCUMENT;
  }

  /**
   * A reader that makes rows of a file.
   *
   * @throws IllegalStateException for a database
   */
  public RowReader rows(FileContext file, ReaderSettings settings) {
    return switch (reader) {
      case Reader.Occurrences(Reader.Occurrences.Source source) ->
          new JoinedReader(source.of(file, settings), new OccurrenceRows(file, settings));
      case Reader.Rows(Reader.Rows.Source source) -> source.of(file, settings);
      case Reader.Database(DatabaseForm form, Reader.Occurrences.Source source) ->
          new JoinedReader(source.of(file, settings), new OccurrenceRows(file, settings));
      case Reader.Tables tables -> throw new IllegalStateException(name + " has no lines");
    };
  }

  /**
   * A reader that understands a stream of it.
   *
   * @throws IllegalStateException where it is not understood as occurrences
   */
  public OccurrenceReader occurrences(FileContext file, ReaderSettings settings) {
    return switch (reader) {
      case Reader.Occurrences(Reader.Occurrences.Source source) -> source.of(file, settings);
      case Reader.Database(DatabaseForm form, Reader.Occurrences.Source source) ->
          source.of(file, settings);
      case Reader.Rows rows -> throw new IllegalStateException(name + " has no occurrences");
      case Reader.Tables tables -> throw new IllegalStateException(name + " has no lines");
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
