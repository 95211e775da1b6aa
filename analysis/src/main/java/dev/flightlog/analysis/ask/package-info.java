/**
 * What a question is made of: its call, the events it is about, what it found, and how that is
 * worded.
 */
@NullMarked
package dev.flightlog.analysis.ask;

import org.jspecify.annotations.NullMarked;
