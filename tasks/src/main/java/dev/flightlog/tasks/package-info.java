/**
 * Tasks: requests that agents handle, from the webhook that asks to the final result. Every step is
 * recorded twice: in the task's folder for people, and as events, so that questions see it.
 */
@NullMarked
package dev.flightlog.tasks;

import org.jspecify.annotations.NullMarked;
