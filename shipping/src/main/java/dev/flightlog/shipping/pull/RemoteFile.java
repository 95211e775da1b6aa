package dev.flightlog.shipping.pull;

/**
 * A file of another machine.
 *
 * @param size in bytes; -1 for one whose name cannot be written on one line
 */
record RemoteFile(long size, String path) {
  /** Reads {@code 123 /path}. */
  static RemoteFile of(String line) {
    int space = line.indexOf(' ');
    try {
      return new RemoteFile(
          Long.parseLong(line.substring(0, Math.max(0, space))), line.substring(space + 1));
    } catch (NumberFormatException e) {
      return new RemoteFile(-1, line);
    }
  }

  /**
   * True for a path that may be used in the name of a file here: whole, and leading nowhere else.
   */
  boolean isPlain() {
    if (size < 0 || !path.startsWith("/") || path.chars().anyMatch(c -> c < ' ' || c == 127)) {
      return false;
    }
    for (String part : path.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > 255) {
        return false;
      }
    }
    return true;
  }
}
