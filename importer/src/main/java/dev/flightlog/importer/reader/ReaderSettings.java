package dev.flightlog.importer.reader;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.ImportOptions;
import org.jspecify.annotations.Nullable;

/** What all readers of one import share. Immutable. */
public record ReaderSettings(Redactor redactor, ImportOptions options, Prices prices) {
  /** Texts of one reader. */
  Texts texts() {
    return new Texts(redactor, options.capture(), options.keptBytes());
  }

  @Nullable String story() {
    return options.story();
  }
}
