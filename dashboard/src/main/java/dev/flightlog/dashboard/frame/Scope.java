package dev.flightlog.dashboard.frame;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.dashboard.html.Link;
import org.jspecify.annotations.Nullable;

/**
 * What the reader narrowed the pages to; it stands in the address and goes along from page to page.
 * Immutable.
 *
 * @param since from then on, as a question takes it
 * @param until before then
 */
public record Scope(
    @Nullable String project,
    @Nullable String story,
    @Nullable String agent,
    @Nullable String since,
    @Nullable String until) {
  public static final Scope ALL = new Scope(null, null, null, null, null);

  /** The link, narrowed in the same way. */
  public Link on(Link link) {
    return link.with("project", project)
        .with("story", story)
        .with("agent", agent)
        .with("since", since)
        .with("until", until);
  }

  public Scope project(@Nullable String only) {
    return new Scope(only, story, agent, since, until);
  }

  public Scope story(@Nullable String only) {
    return new Scope(project, only, agent, since, until);
  }

  public Scope agent(@Nullable String only) {
    return new Scope(project, story, only, since, until);
  }

  public Scope since(@Nullable String from) {
    return new Scope(project, story, agent, from, until);
  }

  public Scope until(@Nullable String end) {
    return new Scope(project, story, agent, since, end);
  }

  public boolean isAll() {
    return equals(ALL);
  }

  /** As questions take it. */
  public Narrowing narrowing() {
    return Narrowing.NONE.project(project).story(story).agent(agent).since(since).until(until);
  }
}
