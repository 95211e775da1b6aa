/** Executions of beans with {@code @LogAgentExecution}. */
@NullMarked
package dev.flightlog.springbootstarter.agents;

import org.jspecify.annotations.NullMarked;
