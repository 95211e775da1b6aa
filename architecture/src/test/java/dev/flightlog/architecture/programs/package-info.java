/** Programs of others, as they use the libraries: compiled and run on each Java of this machine. */
@org.jspecify.annotations.NullMarked
package dev.flightlog.architecture.programs;
