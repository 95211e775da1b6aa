package dev.flightlog.recorder.agents;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each execution of this method, or of every public method of this type, is recorded as the work of
 * an agent: {@code agent_started} with the size of its context, {@code agent_finished} with its
 * duration and success, {@code error} with the stack when it fails, and {@code agent_transition}
 * when another agent called it. What is recorded meanwhile on the same thread belongs to the agent.
 *
 * <pre>{@code
 * interface Researcher {
 *   @LogAgentExecution("research_agent")
 *   CompletionStage<Report> research(State state);
 * }
 *
 * Researcher researcher = recorder.instrument(Researcher.class, new WebResearcher());
 * }</pre>
 *
 * <p>It takes effect on agents that went through {@code FlightRecorder.instrument}, and on Spring
 * beans where {@code flightlog-spring-boot-starter} is used; elsewhere it does nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface LogAgentExecution {
  /** The agent's name; without one it is the type's in snake case, as {@code research_agent}. */
  String value() default "";
}
