/**
 * One session as one file for others: {@link dev.flightlog.analysis.sharing.SharedSession},
 * redacted again, as HTML without scripts or as Markdown. Everything from logs is text in it, never
 * markup.
 */
@NullMarked
package dev.flightlog.analysis.sharing;

import org.jspecify.annotations.NullMarked;
