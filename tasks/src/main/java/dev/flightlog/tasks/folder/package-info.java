/**
 * The folder that every task has: what was asked, how it came, what the agent said, how it ended.
 */
@NullMarked
package dev.flightlog.tasks.folder;

import org.jspecify.annotations.NullMarked;
