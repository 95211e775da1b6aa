package dev.flightlog.store.lease;

/**
 * The right to do some work until it ends, unless it is renewed before. It ends on the holder's
 * side before it ends in the store, so that nobody holds it at the same time.
 *
 * @param work what it is for
 * @param holder who has it, for people
 * @param term larger than that of every lease before it, so that what an earlier holder does too
 *     late can be told and refused
 * @param endNanos when it ends, of {@link System#nanoTime}
 */
public record Lease(String work, String holder, long term, long endNanos) {

  /** Whether it has not ended yet. */
  public boolean holds() {
    return System.nanoTime() - endNanos < 0;
  }
}
