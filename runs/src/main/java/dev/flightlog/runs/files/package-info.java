/** The files of a run: where they are, how entries reach them, who has them open. */
@NullMarked
package dev.flightlog.runs.files;

import org.jspecify.annotations.NullMarked;
