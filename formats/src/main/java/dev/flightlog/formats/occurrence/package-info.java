/** What happened, whoever tells it: calls, results, answers of models, prompts, ends. */
@NullMarked
package dev.flightlog.formats.occurrence;

import org.jspecify.annotations.NullMarked;
