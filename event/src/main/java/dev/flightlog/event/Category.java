package dev.flightlog.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The closed set of six kinds of event. The wire name is the lower-case name. */
public enum Category {
  EXECUTION,
  ERROR,
  INTERACTION,
  PERFORMANCE,
  LEARNING,
  DECISION;

  private static final Category[] ALL = values();
  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, SQL and on the command line. */
  public String wireName() {
    return wireName;
  }

  /** The category with this wire name in any case, or null when there is none. */
  public static @Nullable Category of(@Nullable String wireName) {
    for (Category category : ALL) {
      if (category.wireName.equalsIgnoreCase(wireName)) {
        return category;
      }
    }
    return null;
  }
}
