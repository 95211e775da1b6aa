package dev.flightlog.event.redaction;

/**
 * One way to recognise secrets near an anchor, a short text that every such secret has beside it.
 * Immutable; what changes during a run lives in the {@link Scan}.
 */
sealed interface Detector
    permits AssignedSecret,
        BearerToken,
        CurlUser,
        JsonWebToken,
        PlacedSecret,
        PrivateKey,
        PrivateKeyTail,
        TokenFormat,
        UrlPassword,
        VendorAssignment {

  /**
   * A look at the bytes behind the anchor that turns away common words. Reads a bounded number of
   * bytes and allocates nothing.
   *
   * @param at where the anchor starts
   * @param end where the anchor ends
   */
  boolean plausible(byte[] bytes, int from, int to, int at, int end);

  /** How many word characters follow the anchor in a plausible place, at least. */
  default int following() {
    return 0;
  }

  /** Judges a plausible place and reports what it finds to the scan. */
  void inspect(Scan scan, int at, int end);
}
