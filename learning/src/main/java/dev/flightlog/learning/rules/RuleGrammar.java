package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.Change;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The words of a rule. A sentence is one of those below with its slots filled by {@link Slots}; a
 * class of errors or a change for which there is no sentence makes no rule. Immutable.
 */
final class RuleGrammar {
  private static final int MOST_TOOLS = 6;

  private final Slots slots;

  RuleGrammar(Slots slots) {
    this.slots = slots;
  }

  /**
   * What to do, so that errors of this class do not occur.
   *
   * @param program of a shell; empty when the class is not of one program
   * @param change what made it work afterwards
   * @return empty when the grammar has no sentence for it, or a slot does not have its closed form
   */
  Optional<String> sentence(String tool, String errorType, String program, Change change) {
    Optional<String> called = slots.tool(tool);
    Optional<String> error = slots.errorType(errorType);
    Optional<String> where =
        program.isEmpty()
            ? called
            : slots.program(program).flatMap(name -> called.map(by -> name + " in " + by));
    if (where.isEmpty() || error.isEmpty()) {
      return Optional.empty();
    }
    return advice(where.get(), change)
        .map(advice -> advice + " (it fails with " + error.get() + " otherwise).");
  }

  /**
   * What a lesson says about these tools.
   *
   * @return empty when there are more of them than a sentence holds
   */
  Optional<String> sentence(Lesson lesson, SortedSet<String> tools) {
    List<String> names = tools.stream().map(slots::tool).flatMap(Optional::stream).toList();
    if (names.isEmpty() || names.size() > MOST_TOOLS) {
      return Optional.empty();
    }
    String last = names.getLast();
    String calls =
        names.size() == 1
            ? last
            : String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
    return Optional.of(lesson.sentence(calls));
  }

  /** Whether a rule may name this tool. */
  boolean knowsTool(String tool) {
    return slots.tool(tool).isPresent();
  }

  private Optional<String> advice(String call, Change change) {
    return switch (change.kind()) {
      case READ_FIRST -> fixed("Read a file before you call " + call + " on it");
      case READ_AGAIN ->
          fixed(
              "Read the file again before you call "
                  + call
                  + ", and copy the old text exactly as it was read");
      case LONGER_TEXT ->
          fixed("Give " + call + " enough of the surrounding text to name one place only");
      case SHORTER_TEXT -> fixed("Give " + call + " the shortest text that names the place");
      case EXACT_TEXT ->
          fixed("Copy the text that you give " + call + " from what the file holds now");
      case FIND_PATH ->
          fixed("List or search for a path before you give it to " + call + "; do not guess it");
      case ABSOLUTE_PATH -> fixed("Give " + call + " absolute paths");
      case OTHER_FOLDER, OTHER_NAME ->
          fixed("Check folder and name of a file before you give them to " + call);
      case FILE_INSIDE -> fixed("Give " + call + " a file, not a folder");
      case FOLDER_FIRST -> fixed("Change into the folder of the project before you call " + call);
      case PIPE_INPUT -> fixed("Give " + call + " its input through a pipe");
      case USE_TOOL ->
          named(
              change,
              slots.tool(change.slot()),
              "Use %s instead of " + call + " for what it cannot do");
      case USE_PROGRAM ->
          named(change, slots.programToRun(change.slot()), "Use %s instead of " + call);
      case RUN_FIRST -> named(change, slots.programToRun(change.slot()), "Run %s before " + call);
      case SET_VARIABLE ->
          named(change, slots.variable(change.slot()), "Set %s before you call " + call);
      case ADD_FLAG -> named(change, slots.flag(change.slot()), "Call " + call + " with %s");
      case DROP_FLAG -> named(change, slots.flag(change.slot()), "Call " + call + " without %s");
      case SET_ARGUMENT ->
          named(change, slots.argument(firstWord(change.slot())), "Always give " + call + " %s");
      case DROP_ARGUMENT ->
          named(change, slots.argument(change.slot()), "Do not give " + call + " %s");
      // What to do is not told by the form of the change: the values differ from case to case.
      case RETRY, EDIT_AND_RERUN, CHANGE_ARGUMENT, OTHER_ARGUMENTS -> Optional.empty();
    };
  }

  private static Optional<String> fixed(String words) {
    return Optional.of(words);
  }

  private static Optional<String> named(Change change, Optional<String> slot, String words) {
    return change.slot().isEmpty()
        ? Optional.empty()
        : slot.map(value -> words.replace("%s", value));
  }

  /** A slot may hold a value behind the name of an argument; only the name is taken. */
  private static String firstWord(String slot) {
    int end = slot.indexOf(' ');
    return end < 0 ? slot : slot.substring(0, end);
  }
}
