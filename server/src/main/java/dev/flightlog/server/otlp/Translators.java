package dev.flightlog.server.otlp;

import dev.flightlog.event.EventBatch;
import dev.flightlog.formats.otlp.OtlpRows;
import dev.flightlog.formats.reading.ReaderSettings;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What makes events of records, for as many threads as ask: one each, lent and given back. They
 * share what records tell about each other. Never blocks.
 */
final class Translators {
  private final OtlpRows first;
  private final ConcurrentLinkedDeque<Lease> idle = new ConcurrentLinkedDeque<>();

  Translators(ReaderSettings settings) {
    first = OtlpRows.received(settings);
  }

  Lease lease() {
    Lease lease = idle.pollFirst();
    return lease == null ? new Lease(first.another(), new EventBatch()) : lease;
  }

  /** One that is used by one thread until it is closed. */
  final class Lease implements AutoCloseable {
    private final OtlpRows rows;
    private final EventBatch batch;

    private Lease(OtlpRows rows, EventBatch batch) {
      this.rows = rows;
      this.batch = batch;
    }

    OtlpRows rows() {
      return rows;
    }

    EventBatch batch() {
      return batch;
    }

    @Override
    public void close() {
      batch.clear();
      idle.addFirst(this);
    }
  }
}
