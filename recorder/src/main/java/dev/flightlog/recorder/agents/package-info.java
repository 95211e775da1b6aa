/**
 * Records the executions of agents around their methods: by an annotation, and by a proxy of their
 * interface. Knows nothing of how events are written.
 */
@NullMarked
package dev.flightlog.recorder.agents;

import org.jspecify.annotations.NullMarked;
