package dev.flightlog.recorder.journal;

/** The bytes of a ring are not what its owner can have written. */
final class DamagedRingException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedRingException(String what) {
    super(what);
  }
}
