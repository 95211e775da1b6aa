package dev.flightlog.shipping.pull;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came from another machine.
 *
 * @param files that were looked at
 * @param bytes that came in this run
 * @param left files that were left out, each with its reason
 * @param sources what is to be imported here
 */
public record Pulled(long files, long bytes, List<String> left, List<PulledSource> sources) {
  /**
   * The copy of a source.
   *
   * @param as the format as it was told there; null when it is found by content
   * @param story that its events were given there; null for none
   */
  public record PulledSource(Path path, @Nullable String as, @Nullable String story) {}

  public Pulled {
    left = List.copyOf(left);
    sources = List.copyOf(sources);
  }
}
