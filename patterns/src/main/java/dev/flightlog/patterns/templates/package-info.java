/**
 * Templates of messages: what many lines that differ in numbers, names and paths have in common.
 */
@NullMarked
package dev.flightlog.patterns.templates;

import org.jspecify.annotations.NullMarked;
