/** The file operations of a run, in a seam where a test can stop it. */
@NullMarked
package dev.flightlog.lifecycle.files;

import org.jspecify.annotations.NullMarked;
