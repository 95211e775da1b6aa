package dev.flightlog.recorder;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.threads.PerThread;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Hands out encoders: to a platform thread always its own, to virtual threads, of which there may
 * be millions, from a small pool.
 */
final class Encoders {
  private static final int POOLED = 64;

  private final Redactor redactor;
  private final TextLimit limit;
  private final PerThread<Encoder> own = new PerThread<>();
  private final AtomicReferenceArray<Encoder> pool = new AtomicReferenceArray<>(POOLED);

  Encoders(Redactor redactor, TextLimit limit) {
    this.redactor = redactor;
    this.limit = limit;
  }

  Encoder acquire(Thread thread) {
    if (JavaVersion.isVirtual(thread)) {
      return fromPool(thread);
    }
    Encoder encoder = own.get();
    // One that is open belongs to a builder that was not logged yet, or never will be.
    if (encoder == null || encoder.isOpen()) {
      encoder = new Encoder(redactor, limit);
      own.set(encoder);
    }
    return encoder;
  }

  void release(Encoder encoder, Thread thread) {
    encoder.end();
    if (JavaVersion.isVirtual(thread)) {
      pool.compareAndSet(slot(thread), null, encoder);
    }
  }

  private Encoder fromPool(Thread thread) {
    Encoder encoder = pool.getAndSet(slot(thread), null);
    return encoder == null ? new Encoder(redactor, limit) : encoder;
  }

  /** Lets go of all encoders, so that no thread keeps one of a recorder that was closed. */
  void close() {
    own.close();
    for (int i = 0; i < POOLED; i++) {
      pool.set(i, null);
    }
  }

  @SuppressWarnings("deprecation") // Java 17 has no threadId()
  private static int slot(Thread thread) {
    return (int) thread.getId() & (POOLED - 1);
  }
}
