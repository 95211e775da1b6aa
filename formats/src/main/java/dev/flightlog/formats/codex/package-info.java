/** Codex: rollouts and the stream of exec. */
@NullMarked
package dev.flightlog.formats.codex;

import org.jspecify.annotations.NullMarked;
