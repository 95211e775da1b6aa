package dev.flightlog.formats.occurrence;

/**
 * Why something failed.
 *
 * @param type the class of the error, out of a small, stable vocabulary, or the class of an
 *     exception; told in docs/format
 * @param message its first telling line, bounded
 */
public record ErrorClass(String type, String message) {
  /** When nothing more is known of a failed call. */
  public static final String TOOL_ERROR = "tool_error";

  /** When nothing more is known of any other failure. */
  public static final String UNKNOWN = "unknown";

  /** True when the class says nothing. */
  public boolean isVague() {
    return type.equals(TOOL_ERROR) || type.equals(UNKNOWN);
  }

  /** This, with the class that the source itself names where its own is vague. */
  public ErrorClass orTold(String told) {
    return isVague() ? new ErrorClass(told, message) : this;
  }
}
