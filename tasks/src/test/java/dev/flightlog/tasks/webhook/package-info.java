@NullMarked
package dev.flightlog.tasks.webhook;

import org.jspecify.annotations.NullMarked;
