package dev.flightlog.store;

import org.jspecify.annotations.Nullable;

/**
 * Something an importer must find again after a crash, exactly as of the rows kept with it. Of
 * machines that share a store each has marks of its own, but for those whose keys say that they are
 * of {@linkplain #isOfAll all}.
 *
 * @param value any text, small; null forgets the mark
 */
public record Mark(String key, @Nullable String value) {
  /** How the keys begin of marks that all who share a store read and write alike. */
  public static final String OF_ALL = "digest:";

  /** Whether all who share a store have this mark in common. */
  public static boolean isOfAll(String key) {
    return key.startsWith(OF_ALL);
  }
}
