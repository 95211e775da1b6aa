/** The weekly revision: the command, and the server that does it on its day. */
@NullMarked
package dev.flightlog.cli.revision;

import org.jspecify.annotations.NullMarked;
