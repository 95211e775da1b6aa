package dev.flightlog.store.address;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;

/**
 * Opens the stores of one engine; stateless. {@link EventStores} asks the one whose scheme it is.
 */
public interface StoreProvider {
  /** The word before the colon of its addresses, in lower case. */
  String scheme();

  /** An address for people to copy. */
  String example();

  /**
   * Opens a store, which is made when it is not there.
   *
   * @param rest the address behind the first colon
   * @throws StoreException REFUSED, with how it should be written, when the address is no good;
   *     otherwise as the store fails
   */
  EventStore open(String rest);

  /**
   * Opens a store that is there, for everything but appends and forgetting.
   *
   * @throws StoreException as {@link #open}, and UNREACHABLE when it is not there
   */
  EventStore openForReading(String rest);
}
