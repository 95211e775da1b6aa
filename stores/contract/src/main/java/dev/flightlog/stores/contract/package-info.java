/**
 * The promises of {@link dev.flightlog.store.EventStore} as tests. A store's test class implements
 * {@link dev.flightlog.stores.contract.StoreContract} and supplies stores.
 */
@NullMarked
package dev.flightlog.stores.contract;

import org.jspecify.annotations.NullMarked;
