/** Calls of models and tools by Spring AI. */
@NullMarked
package dev.flightlog.springbootstarter.springai;

import org.jspecify.annotations.NullMarked;
