package dev.flightlog.formats.occurrence;

import org.jspecify.annotations.Nullable;

/**
 * To whom an occurrence belongs. Readers keep one and make another when something changes, which is
 * seldom.
 *
 * @param project the repository or folder in which the work was done
 * @param task the request that it serves
 * @param workflow the flow of several agents that it is part of
 */
public record Attribution(
    @Nullable String session,
    @Nullable String story,
    @Nullable String project,
    @Nullable String agent,
    @Nullable String task,
    @Nullable String workflow) {
  /** To nobody. */
  public static final Attribution NONE = new Attribution(null, null, null, null, null, null);

  /** Who works alone in a session. */
  public static final String MAIN = "main";

  /** A subagent whose type is not told. */
  public static final String SUBAGENT = "subagent";

  /** In a session, by an agent. */
  public static Attribution of(
      @Nullable String session,
      @Nullable String story,
      @Nullable String project,
      @Nullable String agent) {
    return new Attribution(session, story, project, agent, null, null);
  }

  /** The same, by another agent. */
  public Attribution by(@Nullable String other) {
    return new Attribution(session, story, project, other, task, workflow);
  }

  /** What is known of either, the more specific where both know: as {@code Merge} decides. */
  Attribution joined(Attribution other) {
    return equals(other)
        ? this
        : new Attribution(
            larger(session, other.session),
            larger(story, other.story),
            larger(project, other.project),
            agent(agent, other.agent),
            larger(task, other.task),
            larger(workflow, other.workflow));
  }

  private static @Nullable String agent(@Nullable String a, @Nullable String b) {
    int order = rank(a) - rank(b);
    return order != 0 ? (order > 0 ? a : b) : larger(a, b);
  }

  private static int rank(@Nullable String agent) {
    return agent == null ? 0 : agent.equals(MAIN) ? 1 : agent.equals(SUBAGENT) ? 2 : 3;
  }

  /** The longer text, then the one that sorts last. */
  public static @Nullable String larger(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int order = a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
    return order >= 0 ? a : b;
  }
}
