/** How the servers of a store are that several machines share. */
@NullMarked
package dev.flightlog.store.servers;

import org.jspecify.annotations.NullMarked;
