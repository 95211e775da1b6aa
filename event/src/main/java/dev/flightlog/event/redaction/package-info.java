/**
 * Keeps secrets out of everything that is written: known token formats, assignments, URL user-info,
 * headers and private keys become keyed pseudonyms. {@link dev.flightlog.event.redaction.Redactor}
 * is the entry.
 */
@NullMarked
package dev.flightlog.event.redaction;

import org.jspecify.annotations.NullMarked;
