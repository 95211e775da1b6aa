package dev.flightlog.patterns.facts;

import dev.flightlog.wording.SafeText;

/**
 * What was different when it worked, in a small grammar: a kind and for some kinds one slot (a
 * tool, a program, an argument, a flag) that comes from the log. Immutable.
 *
 * @param slot empty for kinds without one
 */
public record Change(Kind kind, String slot) {
  private static final int LONGEST = 60;
  private static final String SLOT = "{}";

  /** What can be different. The names are kept in stores; {} stands for the slot. */
  public enum Kind {
    RETRY("make the same call again, unchanged"),
    EDIT_AND_RERUN("edit the files, then run the same again"),
    READ_FIRST("read the file, then make the same call"),
    READ_AGAIN("read the file again, then call with its exact text"),
    EXACT_TEXT("call with other text for {}"),
    LONGER_TEXT("call with more of the surrounding text in {}"),
    SHORTER_TEXT("call with less text in {}"),
    SET_ARGUMENT("make the same call with {}"),
    DROP_ARGUMENT("make the same call without {}"),
    CHANGE_ARGUMENT("make the same call with another {}"),
    ABSOLUTE_PATH("use the absolute path"),
    OTHER_FOLDER("use the file of that name in another folder"),
    OTHER_NAME("use another name in the same folder"),
    FIND_PATH("list or search for the file, then call with the path found"),
    FILE_INSIDE("use a file inside the folder"),
    USE_TOOL("use {} instead"),
    USE_PROGRAM("use {} instead"),
    RUN_FIRST("run {} first"),
    FOLDER_FIRST("change into the right folder first"),
    SET_VARIABLE("set {} in the environment"),
    ADD_FLAG("add {}"),
    DROP_FLAG("leave out {}"),
    PIPE_INPUT("give the input through a pipe"),
    OTHER_ARGUMENTS("run {} with other arguments");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  public static Change of(Kind kind) {
    return new Change(kind, "");
  }

  public static Change of(Kind kind, String slot) {
    String line = slot.replace('\n', ' ').replace('|', ' ').strip();
    return new Change(kind, line.length() > LONGEST ? line.substring(0, LONGEST) : line);
  }

  /** As it is kept and compared: the kind, and the slot behind a blank. */
  public String key() {
    return slot.isEmpty() ? kind.name() : kind.name() + ' ' + slot;
  }

  /** What {@link #key} gave; {@link Kind#RETRY} for what it never gives. */
  public static Change ofKey(String key) {
    int blank = key.indexOf(' ');
    String name = blank < 0 ? key : key.substring(0, blank);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name)) {
        return new Change(kind, blank < 0 ? "" : key.substring(blank + 1));
      }
    }
    return of(Kind.RETRY);
  }

  /** As a person is told: the slot in quotes, shortened, and harmless. */
  public String words(int tokens) {
    String shown = "'" + SafeText.shortened(slot, 3 * tokens, tokens) + "'";
    return kind.words.replace(SLOT, shown);
  }
}
