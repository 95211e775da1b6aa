package dev.flightlog.server.otlp;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.otlp.OtlpRecord;
import dev.flightlog.formats.otlp.OtlpRows;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;

/**
 * Records on their way into the journal: a request may weigh much more as events than as bytes, so
 * they are written as they are understood. For one request and thread.
 */
final class JournalSink implements OtlpRecord.Sink {
  /** So much is held in memory before it is written. */
  private static final int HELD_BYTES = 256 << 10;

  private final OtlpRows rows;
  private final EventBatch batch;
  private final FlightRecorder recorder;

  /** The journal takes nothing more; what comes of the request is in vain. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException() {
      super("the journal takes nothing more", null, false, false);
    }
  }

  JournalSink(Translators.Lease lease, FlightRecorder recorder) {
    this.rows = lease.rows();
    this.batch = lease.batch();
    this.recorder = recorder;
    rows.into(batch, Timestamps.now(), 0, 0);
  }

  @Override
  public void take(OtlpRecord record) {
    rows.take(record);
    if (batch.byteSize() > HELD_BYTES && !write()) {
      throw new StoppedException();
    }
  }

  @Override
  public void refuse(long count, String reason) {
    rows.refuse(count, reason);
  }

  /** Writes what is left; false when the journal did not take all. */
  boolean finish() {
    return write();
  }

  private boolean write() {
    boolean written = true;
    for (int i = 0; i < batch.size() && written; i++) {
      written = recorder.log(batch, i, Mode.NEW).compareTo(Durability.WRITTEN) >= 0;
    }
    batch.clear();
    return written;
  }
}
