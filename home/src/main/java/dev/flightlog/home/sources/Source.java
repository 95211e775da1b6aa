package dev.flightlog.home.sources;

import dev.flightlog.formats.Format;
import dev.flightlog.importer.ImportOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One path as it was given to {@code import}.
 *
 * @param path absolute
 * @param format what it holds; null: found by content
 * @param story what was given with it; null: from branch or project
 */
public record Source(Path path, @Nullable Format format, @Nullable String story) {
  /** These options as this source needs them. */
  public ImportOptions options(ImportOptions base) {
    return base.as(format).story(story);
  }

  /** What it holds, as {@code --as} takes it. */
  public String formatName() {
    return format == null ? "auto" : format.name();
  }
}
