/**
 * What may be said besides the name of a question: by position, by name, and how each is read and
 * told to whoever asks.
 */
@NullMarked
package dev.flightlog.analysis.arguments;

import org.jspecify.annotations.NullMarked;
