/** Runs agents for tasks: starts them, takes down what they say, and sees to it that they end. */
@NullMarked
package dev.flightlog.worker;

import org.jspecify.annotations.NullMarked;
