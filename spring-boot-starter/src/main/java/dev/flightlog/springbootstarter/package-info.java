/** Flightlog in a Spring Boot application: a recorder by configuration, its health and metrics. */
@NullMarked
package dev.flightlog.springbootstarter;

import org.jspecify.annotations.NullMarked;
