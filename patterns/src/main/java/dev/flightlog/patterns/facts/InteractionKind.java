package dev.flightlog.patterns.facts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person had to do. The names are kept in stores. */
public enum InteractionKind {
  /** A question to the person; its reason is the reason told, or the heading of the question. */
  CLARIFICATION,
  /** Something waited for a yes; its reason is the tool or thing. */
  APPROVAL,
  CORRECTION,
  FRUSTRATION,
  INTERRUPTION,
  /** A tool call was refused; its reason is the tool. */
  REJECTION,
  /** A prompt much like an earlier one. */
  REPEAT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** As it is kept and shown. */
  public String wireName() {
    return wireName;
  }

  /** The kind of this name; null when there is none. */
  public static @Nullable InteractionKind ofWireName(@Nullable String name) {
    for (InteractionKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
