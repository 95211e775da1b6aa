/**
 * Questions about how agents work: sessions, workflows, agents, tools, contexts, rules, stories.
 */
@NullMarked
package dev.flightlog.analysis.flow;

import org.jspecify.annotations.NullMarked;
