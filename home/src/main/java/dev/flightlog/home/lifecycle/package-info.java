/** How the events of a home age: its settings for the lifecycle, and what has to happen first. */
@NullMarked
package dev.flightlog.home.lifecycle;

import org.jspecify.annotations.NullMarked;
