package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.Change.Kind;
import dev.flightlog.patterns.facts.ErrorFact;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one habit prevents: types of errors whose cause is their very name, over all tools that they
 * happen to. They are counted together and make one rule, because a person would write one line.
 */
enum Lesson {
  /** A file is changed that was not read, or not since it was changed. */
  READ_BEFORE_CHANGE(List.of("file_not_read", "file_modified"), Kind.READ_FIRST, Kind.READ_AGAIN),
  /** The text to be replaced is not what the file holds, or stands there more than once. */
  EXACT_TEXT(
      List.of("string_not_found", "string_not_unique", "no_change"),
      Kind.EXACT_TEXT,
      Kind.READ_AGAIN,
      Kind.LONGER_TEXT,
      Kind.SHORTER_TEXT),
  /** A path was guessed. */
  FIND_PATH(
      List.of("file_not_found", "is_a_directory"),
      Kind.FIND_PATH,
      Kind.FILE_INSIDE,
      Kind.OTHER_FOLDER,
      Kind.OTHER_NAME,
      Kind.ABSOLUTE_PATH),
  /** An agent or a skill was guessed. */
  KNOWN_NAME(List.of("unknown_agent", "unknown_skill"), Kind.OTHER_NAME, Kind.CHANGE_ARGUMENT),
  /** More was read at once than the tool gives. */
  READ_IN_PARTS(List.of("file_too_large"), Kind.SET_ARGUMENT, Kind.CHANGE_ARGUMENT);

  private final List<String> errorTypes;
  private final List<Kind> changes;

  /**
   * @param changes that make such a call work, the one that names the lesson first
   */
  Lesson(List<String> errorTypes, Kind... changes) {
    this.errorTypes = errorTypes;
    this.changes = List.of(changes);
  }

  /** The lesson of a type of errors, if its name tells the cause. */
  static Optional<Lesson> of(String errorType) {
    return Arrays.stream(values()).filter(each -> each.errorTypes.contains(errorType)).findFirst();
  }

  /** Every class of errors that is prevented in calls of these tools. */
  SortedSet<String> labels(SortedSet<String> tools) {
    SortedSet<String> labels = new TreeSet<>();
    for (String tool : tools) {
      errorTypes.forEach(type -> labels.add(ErrorFact.label(tool, type, "")));
    }
    return labels;
  }

  /** Whether this change is what the lesson says. */
  boolean tells(@Nullable Change change) {
    return change != null && changes.contains(change.kind());
  }

  /** The same in every version: by it a rejected rule is known again. */
  String signature() {
    return name().toLowerCase(Locale.ROOT) + Rule.CHANGE + changes.getFirst().name();
  }

  /**
   * The instruction.
   *
   * @param calls the tools, as they stand in a sentence
   */
  String sentence(String calls) {
    return switch (this) {
      case READ_BEFORE_CHANGE ->
          "Read a file in this session before you change it with "
              + calls
              + ", and read it again when it has changed since; otherwise the call fails.";
      case EXACT_TEXT ->
          "Copy the text that "
              + calls
              + " is to replace exactly from the file as it is now, with enough lines around it"
              + " to match one place only.";
      case FIND_PATH ->
          "Do not guess paths for "
              + calls
              + ": take them from a listing or a search, and give a file, not a folder.";
      case KNOWN_NAME ->
          "Call "
              + calls
              + " only with skills and agent types that are listed for this session; do not guess"
              + " their names.";
      case READ_IN_PARTS ->
          "Read large files in parts: give " + calls + " an offset and a limit, or search first.";
    };
  }
}
