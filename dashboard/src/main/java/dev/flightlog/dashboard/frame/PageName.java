package dev.flightlog.dashboard.frame;

import dev.flightlog.dashboard.html.Link;

/** The pages of the navigation, in its order. */
public enum PageName {
  NOW("/", "Now", "Who waits for you and why, what runs, what today cost"),
  OVERVIEW("/overview", "Overview", "How it goes: what changed since last week, and how surely"),
  SESSIONS("/sessions", "Sessions", "What ran, how it stands, what it cost, how to go on with it"),
  AGENTS("/agents", "Agents", "Who did what: calls, errors, time, context, tools"),
  STORIES(
      "/stories",
      "Projects and stories",
      "What the work cost, by project and by story; two stories compared"),
  TASKS("/tasks", "Tasks", "What agents were asked to do, and what became of it"),
  RUNS("/runs", "Runs", "Experiments: which frameworks and steps succeed, and what they take"),
  PATTERNS("/patterns", "Patterns and remedies", "What recurs, and what made it work afterwards"),
  RULES("/rules", "Rules", "What was learnt, who consented, and whether it helps"),
  SEARCH("/search", "Search", "Every event that was recorded or imported"),
  HEALTH("/health", "Health", "Whether everything arrives, and what could not be read");

  private final String path;
  private final String title;
  private final String answers;

  PageName(String path, String title, String answers) {
    this.path = path;
    this.title = title;
    this.answers = answers;
  }

  public String path() {
    return path;
  }

  public Link link() {
    return Link.to(path);
  }

  /** As it stands in the navigation. */
  public String title() {
    return title;
  }

  /** What it answers, in half a sentence. */
  public String answers() {
    return answers;
  }
}
