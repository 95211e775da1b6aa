package dev.flightlog.store.search;

import java.io.Serial;

/** The text of a search cannot be understood; the message says where, why and what to write. */
public final class SearchTextException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  SearchTextException(String message) {
    super(message);
  }
}
