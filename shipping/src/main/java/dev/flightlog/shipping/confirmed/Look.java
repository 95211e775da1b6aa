package dev.flightlog.shipping.confirmed;

import dev.flightlog.shipping.confirmed.Root.Seen;
import java.util.Map;

/**
 * How files were before they were read: when what was read is in the store, so is all of this.
 *
 * @param begun milliseconds since 1970
 */
public record Look(Root root, long begun, Map<String, Seen> files) {
  public Look {
    files = Map.copyOf(files);
  }
}
