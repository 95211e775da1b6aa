/** Sessions of Kimi Code and of Kimi CLI. */
@NullMarked
package dev.flightlog.formats.kimi;

import org.jspecify.annotations.NullMarked;
