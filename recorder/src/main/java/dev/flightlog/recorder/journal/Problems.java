package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Words for what is wrong with the disk: what, where, and how to mend it. */
final class Problems {
  private Problems() {}

  static String of(IOException e) {
    String what = String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException) {
      return "no permission to write " + what + ": give its owner write access";
    }
    if (what.contains("No space left")) {
      return "the disk is full (" + what + "): free some space, events wait in the ring meanwhile";
    }
    if (e instanceof FileSystemException) {
      return "cannot write: " + what;
    }
    return "cannot write the journal: " + what + " (" + e.getClass().getSimpleName() + ")";
  }
}
