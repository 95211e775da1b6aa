package dev.flightlog.store.archive;

/**
 * Events whose rows were given up.
 *
 * @param events how many
 * @param since the beginning of their first hour, in microseconds since 1970; 0 when there are none
 * @param until behind their last hour
 */
public record Released(long events, long since, long until) {
  public static final Released NONE = new Released(0, 0, 0);
}
