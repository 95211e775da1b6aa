/** What runs inside an agent's hooks, and how it gets into the agent's settings. */
@NullMarked
package dev.flightlog.learning.hooks;

import org.jspecify.annotations.NullMarked;
