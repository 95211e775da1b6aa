/** SQLite files that must not lose what was committed, and that go on after a failure. */
@NullMarked
package dev.flightlog.tasks.database;

import org.jspecify.annotations.NullMarked;
