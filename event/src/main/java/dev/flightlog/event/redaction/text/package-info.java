/**
 * How the text around secrets is looked at: bytes, words, names and values, lines of keys. Not
 * exported.
 */
@NullMarked
package dev.flightlog.event.redaction.text;

import org.jspecify.annotations.NullMarked;
