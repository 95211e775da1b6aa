package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.tasks.index.TaskPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What agents were asked to do, the newest first. Stateless. */
public final class TasksPage {
  private TasksPage() {}

  /**
   * What the reader chose.
   *
   * @param status null for any
   * @param text words in request or error; null for any
   * @param page null for the first
   */
  public record Choice(@Nullable TaskStatus status, @Nullable String text, @Nullable String page) {
    boolean isAll() {
      return status == null && text == null && page == null;
    }
  }

  /**
   * The page.
   *
   * @param wrong what is wrong with the search; null when nothing is
   */
  public static Page of(TaskPage tasks, Choice choice, @Nullable String wrong, View view) {
    Html body =
        wrong != null
            ? Empty.because(wrong)
            : tasks.tasks().isEmpty() ? nothing(choice) : table(tasks, choice, view);
    return Page.of(
            PageName.TASKS,
            Section.of("list", "Tasks", Html.all(search(choice), body)).beside(statuses(choice)))
        .unscoped();
  }

  private static Html nothing(Choice choice) {
    return choice.isAll()
        ? Empty.because(
            "There is no task yet. A webhook of GitHub, Slack or Jira makes one, or a command:",
            "flightlog task add \"Review the last commit\"")
        : Empty.narrowed("No task is like that.", PageName.TASKS.link());
  }

  private static Link link(Choice choice) {
    return PageName.TASKS
        .link()
        .with("status", choice.status() == null ? null : choice.status().word())
        .with("text", choice.text());
  }

  private static Html search(Choice choice) {
    Element input =
        Element.of(Tag.INPUT)
            .with(Attr.TYPE, "search")
            .with(Attr.NAME, "text")
            .with(Attr.PLACEHOLDER, "words, \"in quotes\", begin*");
    List<Html> parts = new ArrayList<>();
    parts.add(
        Element.of(
            Tag.LABEL,
            Html.text("In request or error "),
            choice.text() == null ? input : input.with(Attr.VALUE, choice.text())));
    if (choice.status() != null) {
      parts.add(
          Element.of(Tag.INPUT)
              .with(Attr.TYPE, "hidden")
              .with(Attr.NAME, "status")
              .with(Attr.VALUE, choice.status().word()));
    }
    parts.add(Element.of(Tag.BUTTON, "Search").with(Attr.TYPE, "submit"));
    return Element.asking(PageName.TASKS.link(), parts.toArray(Html[]::new))
        .of("filters")
        .with(Attr.ROLE, "search")
        .with(Attr.ARIA_LABEL, "Search tasks");
  }

  private static Html statuses(Choice choice) {
    List<Html> links = new ArrayList<>();
    links.add(status(null, choice));
    for (TaskStatus status : TaskStatus.values()) {
      links.add(status(status, choice));
    }
    return Element.of(Tag.SPAN, links)
        .of("periods")
        .with(Attr.ROLE, "group")
        .with(Attr.ARIA_LABEL, "Status");
  }

  private static Html status(@Nullable TaskStatus status, Choice choice) {
    Link to =
        PageName.TASKS
            .link()
            .with("status", status == null ? null : status.word())
            .with("text", choice.text());
    Element link = Element.link(to, status == null ? "all" : status.word());
    return status == choice.status() ? link.with(Attr.ARIA_CURRENT, "true") : link;
  }

  private static Html table(TaskPage tasks, Choice choice, View view) {
    Html table =
        Table.of("Tasks, the newest first", tasks.tasks(), IndexedTask::taskId)
            .text("Task", task -> Element.link(link(task.taskId()), task.taskId()).of("id"))
            .text("Status", task -> Values.state(task.status().word()))
            .text("Created", task -> view.ago(micros(task.createdAt())))
            .text("From", task -> Values.text(from(task)))
            .text("Agent", task -> Values.text(task.agent()))
            .number("Took", task -> Values.duration(task.durationMs()))
            .number("Cost", task -> Values.cost(task.costUsd(), null))
            .number("Sure", "how sure the agent was", task -> Values.share(task.confidence()))
            .wide("Asked", task -> Values.cut(task.request()))
            .wide("Error", task -> Values.cut(task.error()))
            .html();
    Html more =
        tasks.next() == null
            ? Html.NONE
            : Pager.on("Older tasks", link(choice).with("page", tasks.next()));
    Link json =
        Link.to("/api/tasks").with("status", statusWord(choice)).with("text", choice.text());
    return Html.all(
        table,
        more,
        Element.of(
                Tag.P,
                Html.text("Tasks as their folders and events tell. "),
                Element.link(json.with("format", "csv"), "CSV"),
                Html.text(" · "),
                Element.link(json, "JSON"))
            .of("coverage"));
  }

  private static @Nullable String statusWord(Choice choice) {
    return choice.status() == null ? null : choice.status().word();
  }

  static Link link(String id) {
    return Link.to("/task").with("id", id);
  }

  private static String from(IndexedTask task) {
    String provider = task.provider();
    return provider == null ? task.source() : provider;
  }

  static @Nullable Long micros(@Nullable Instant time) {
    return time == null ? null : (Long) Timestamps.of(time);
  }
}
