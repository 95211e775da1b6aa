/** What a person asks in SQL, and the prices that such a question may use. */
@NullMarked
package dev.flightlog.stores.clickhouse.asking;

import org.jspecify.annotations.NullMarked;
