/** Files that agents are instructed by, CLAUDE.md and its like, and our block in them. */
@NullMarked
package dev.flightlog.learning.instructions;

import org.jspecify.annotations.NullMarked;
