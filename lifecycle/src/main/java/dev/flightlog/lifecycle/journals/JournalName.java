package dev.flightlog.lifecycle.journals;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A journal by its name, {@code story_<story>_<yyyyMMdd>.jsonl}, perhaps compressed.
 *
 * @param day of its events
 */
record JournalName(Path file, LocalDate day) {
  private static final Pattern FORM = Pattern.compile("story_.*_(\\d{8})\\.jsonl(\\.gz)?");

  static Optional<JournalName> of(Path file) {
    Matcher form = FORM.matcher(String.valueOf(file.getFileName()));
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(form.group(1), DateTimeFormatter.BASIC_ISO_DATE);
      return day.getYear() < 1970 ? Optional.empty() : Optional.of(new JournalName(file, day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
