package dev.flightlog.shipping.migration;

import java.math.BigInteger;

/**
 * Some events as they were read.
 *
 * @param events how many
 * @param hash in 32 hexadecimal digits, the same in whatever order they were read
 */
public record Counted(long events, String hash) {
  /** Adds up. Not safe for several threads. */
  static final class Sum {
    private long events;
    private BigInteger hash = BigInteger.ZERO;

    void add(BigInteger of) {
      events++;
      hash = hash.add(of).mod(EventHash.MODULUS);
    }

    Counted counted() {
      return new Counted(events, EventHash.text(hash));
    }
  }
}
