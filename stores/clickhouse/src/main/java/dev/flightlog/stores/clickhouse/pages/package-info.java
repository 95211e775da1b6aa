/** Events, page by page, without what was replaced. */
@NullMarked
package dev.flightlog.stores.clickhouse.pages;

import org.jspecify.annotations.NullMarked;
