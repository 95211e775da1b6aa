package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.importer.bytes.ReadResult;
import dev.flightlog.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Reads the files of a portion one after another. Safe for several threads. */
final class JobReader {
  private final ReaderSettings settings;
  private final Quarantine aside;
  private final TaskTables tables;
  private final Databases databases;
  private final int all;

  /**
   * @param all how many files the import reads: the only one that was named fails as a whole
   */
  JobReader(
      ReaderSettings settings, Quarantine aside, TaskTables tables, Databases databases, int all) {
    this.settings = settings;
    this.aside = aside;
    this.tables = tables;
    this.databases = databases;
    this.all = all;
  }

  /** Reads all files of the portion and hands their rows over, but for the last ones. */
  void read(Portion portion) throws InterruptedException {
    Handover handover = portion.handover();
    for (Portion.Job job : portion.jobs()) {
      switch (readGuarded(job, portion)) {
        case ReadResult.Whole _ -> {}
        case ReadResult.Unread unread -> portion.skipped().put(job.file().path(), unread.reason());
      }
      portion.totals().doneBytes += job.size();
      if (handover.isFull()) {
        handover.handOver(portion.totals().doneBytes);
      }
    }
  }

  /** Reads a file; one that cannot be read costs itself only. */
  private ReadResult readGuarded(Portion.Job job, Portion portion) throws InterruptedException {
    try {
      return read(job, portion);
    } catch (UncheckedIOException | Handover.StoppedException | StoreException ownFault) {
      throw ownFault;
    } catch (ImportException told) {
      if (isOnly(job)) {
        throw told;
      }
      portion.handover().batch().cancel();
      return new ReadResult.Unread(String.valueOf(told.getMessage()));
    } catch (IOException | RuntimeException e) {
      portion.handover().batch().cancel();
      if (isOnly(job)) {
        throw new ImportException("Cannot read " + job.file().path() + ": " + reason(e) + ".");
      }
      return new ReadResult.Unread(reason(e));
    }
  }

  private boolean isOnly(Portion.Job job) {
    return all == 1 && job.file().named();
  }

  /** Why a file could not be read, for people. */
  static String reason(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission to read it";
      case NoSuchFileException gone -> "it is not there any more";
      case ImportException told -> String.valueOf(told.getMessage());
      case EOFException cut ->
          "the compressed data are damaged or cut off (" + cut.getMessage() + ")";
      case IOException io -> io.getMessage() == null ? io.toString() : io.getMessage();
      default -> "the reader failed on it: " + e;
    };
  }

  private ReadResult read(Portion.Job job, Portion portion)
      throws IOException, InterruptedException {
    Handover handover = portion.handover();
    ImportTotals totals = portion.totals();
    if (job.format() == Formats.TASK_DB) {
      new TaskTableFeed(tables, settings, handover, totals, job.file(), job.stamp())
          .read(job.mark());
      return ReadResult.WHOLE;
    }
    if (job.format().reader() instanceof Format.Reader.Database database) {
      return new DatabaseFeed(
              databases, settings, handover, totals, job.file(), job.format(), job.stamp())
          .read(database.form(), job.mark());
    }
    return new FileFeed(
            settings, aside, handover, totals, job.file(), job.format(), job.stamp(), job.closed())
        .read(job.mark());
  }
}
