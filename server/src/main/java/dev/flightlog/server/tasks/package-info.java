/** Tasks over HTTP: search, and the files of each. */
@NullMarked
package dev.flightlog.server.tasks;

import org.jspecify.annotations.NullMarked;
