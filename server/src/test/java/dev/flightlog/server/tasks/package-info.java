@NullMarked
package dev.flightlog.server.tasks;

import org.jspecify.annotations.NullMarked;
