package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileBytes;
import dev.flightlog.importer.bytes.Recognition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by its content which format a file that was found is of. */
final class FoundFormats {
  private static final Pattern COMPANION =
      Pattern.compile(
          "(.*\\.meta|sessions-index|settings(\\.local)?|package(-lock)?|tsconfig.*|jsconfig"
              + "|config|metadata|workspace|state|mcp|plugin|manifest|todos?|\\..*)\\.json");

  private final Databases databases;

  FoundFormats(Databases databases) {
    this.databases = databases;
  }

  /** Files that programs keep beside what they log. */
  static boolean isCompanion(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    Path folder = file.getParent();
    return COMPANION.matcher(name).matches() || (folder != null && folder.endsWith("tool-results"));
  }

  /** What Cline sends to a model lies beside what it shows, which tells more. */
  static boolean isCopy(Path file) {
    return file.endsWith("api_conversation_history.json")
        && Files.exists(file.resolveSibling("ui_messages.json"));
  }

  @Nullable Format of(Found file) throws IOException {
    if (file.attributes().size() == 0) {
      return null;
    }
    if (FileBytes.isSqlite(file.path())) {
      Format known = Formats.ofTables(databases.columns(file.path()));
      return known == null && file.named() ? Formats.TASK_DB : known;
    }
    try (InputStream in = FileBytes.open(file.path())) {
      Format format = Recognition.of(in);
      return format != null && !file.named() && isOtherJson(file.path(), format) ? null : format;
    }
  }

  /** Folders hold JSON of many kinds: there a {@code .json} counts only when it is a run. */
  private static boolean isOtherJson(Path file, Format format) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return (name.endsWith(".json") || name.endsWith(".json.gz"))
        && !format.isDocument()
        && format != Formats.STREAM_JSON;
  }
}
