package dev.flightlog.learning.exposure;

/**
 * What a person decides about a trial. Immutable.
 *
 * @param delivery matters for placement ACTION only; everything else is given as text
 * @param trigger matters for placement ACTION only
 * @param share of the sessions that are exposed, between 0 and 1, both excluded
 */
public record Terms(Placement placement, Delivery delivery, Trigger trigger, double share) {
  public Terms {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share of exposed sessions must lie between 0 and 1, but is " + share);
    }
    if (delivery == Delivery.REFUSAL && placement != Placement.ACTION) {
      throw new IllegalArgumentException("only a call can be refused: use placement action");
    }
  }

  /** Half of the sessions, at their start. */
  public static Terms standard() {
    return new Terms(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
  }
}
