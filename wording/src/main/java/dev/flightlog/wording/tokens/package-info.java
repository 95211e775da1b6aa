/**
 * What a text costs a model. {@link dev.flightlog.wording.tokens.TokenCounter} counts exactly with
 * the public {@code o200k_base} vocabulary; {@link dev.flightlog.wording.tokens.TokenEstimate}
 * turns that count into the number an answer states and is held to.
 */
@NullMarked
package dev.flightlog.wording.tokens;

import org.jspecify.annotations.NullMarked;
