package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Tiles;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One task: what was asked, the stages, what its agent says, how it ended. Stateless. */
public final class OneTaskPage {
  /** While it runs its output is asked for so often, in milliseconds. */
  private static final int OUTPUT_EVERY = 1_000;

  private OneTaskPage() {}

  public static Page of(TaskRecord record, View view) {
    IndexedTask task = record.task();
    Page page =
        Page.below(
                PageName.TASKS,
                task.taskId(),
                lead(task, view),
                Section.of("summary", "Summary", summary(record, view)))
            .every(task.status().isFinal() ? 0 : OUTPUT_EVERY);
    if (!record.stages().isEmpty()) {
      page = page.and(Section.of("stages", "Stages", stages(record)));
    }
    page = page.and(Section.of("output", "Output", output(record)));
    if (!record.result().isEmpty()) {
      page = page.and(Section.of("result", "Result", object(record.result())));
    }
    return page.and(Section.of("input", "Input", object(record.input())));
  }

  private static Html lead(IndexedTask task, View view) {
    return Html.all(
        Values.state(task.status().word()),
        Html.text(" created "),
        view.at(TasksPage.micros(task.createdAt())),
        Html.text(", from " + task.source()),
        Html.text(task.provider() == null ? "" : " (" + task.provider() + ")"),
        Html.text(task.userId() == null ? "" : ", asked by " + task.userId()));
  }

  private static Html summary(TaskRecord record, View view) {
    IndexedTask task = record.task();
    Tiles tiles =
        Tiles.none()
            .tile("Agent", Values.text(task.agent()))
            .tile("Model", Values.text(task.model()))
            .tile("Sure", Values.share(task.confidence()))
            .tile("Took", Values.duration(task.durationMs()))
            .tile("Cost", Values.cost(task.costUsd(), null));
    List<Html> parts = new ArrayList<>();
    if (record.done() != null) {
      parts.add(Element.of(Tag.P, record.done()).of("done").with(Attr.ROLE, "status"));
    }
    parts.add(tiles.html());
    if (task.request() != null) {
      parts.add(Element.of(Tag.PRE, Timeline.shortened(task.request())));
    }
    if (task.error() != null) {
      parts.add(Element.of(Tag.PRE, Timeline.shortened(task.error())).of("failed"));
    }
    if (!task.evaluations().isEmpty()) {
      parts.add(evaluations(task));
    }
    if (record.hasFolder()) {
      parts.add(actions(task));
    }
    parts.add(
        Element.of(
                Tag.P,
                Element.link(
                    Link.to(PageName.SEARCH.path()).with("task", task.taskId()), "Its events"),
                Html.text(" · updated "),
                view.at(newest(task)))
            .of("coverage"));
    return Html.all(parts);
  }

  private static @Nullable Long newest(IndexedTask task) {
    return TasksPage.micros(
        task.endedAt() != null
            ? task.endedAt()
            : task.startedAt() != null ? task.startedAt() : task.createdAt());
  }

  private static Html evaluations(IndexedTask task) {
    return Table.of(
            "How sure each agent was",
            List.copyOf(task.evaluations().entrySet()),
            Map.Entry::getKey)
        .text("Agent", entry -> Html.text(entry.getKey()))
        .number("Sure", entry -> Values.share(entry.getValue()))
        .html();
  }

  private static Html actions(IndexedTask task) {
    boolean open = !task.status().isFinal();
    boolean again = task.status() != TaskStatus.SUCCEEDED && task.status() != TaskStatus.RUNNING;
    List<Html> forms = new ArrayList<>();
    if (open) {
      forms.add(action("/task/cancel", "Cancel this task", task).of("danger"));
    }
    if (again && task.status() != TaskStatus.QUEUED) {
      forms.add(action("/task/retry", "Try it again", task));
    }
    return forms.isEmpty() ? Html.NONE : Element.of(Tag.DIV, forms).of("actions");
  }

  private static Element action(String path, String words, IndexedTask task) {
    return Element.changing(
        Link.to(path),
        Element.of(Tag.INPUT)
            .with(Attr.TYPE, "hidden")
            .with(Attr.NAME, "id")
            .with(Attr.VALUE, task.taskId()),
        Element.of(Tag.BUTTON, words).with(Attr.TYPE, "submit"));
  }

  private static Html stages(TaskRecord record) {
    return Table.of("Stages of the webhook", record.stages(), stage -> text(stage, "timestamp"))
        .text("Stage", stage -> Values.text(text(stage, "stage")))
        .text("Time", stage -> Values.text(text(stage, "timestamp")))
        .number(
            "Took",
            stage -> Values.duration(stage.get("duration_ms") instanceof Number n ? n : null))
        .wide("Detail", stage -> Values.cut(rest(stage)))
        .html();
  }

  private static String rest(Map<String, @Nullable Object> stage) {
    JsonWriter out = new JsonWriter().beginObject();
    stage.forEach((key, value) -> {
      if (!key.equals("stage") && !key.equals("timestamp") && !key.equals("duration_ms")) {
        out.key(key).value(value);
      }
    });
    return out.endObject().toString();
  }

  private static String text(Map<String, @Nullable Object> line, String key) {
    Object value = line.get(key);
    return value == null ? "" : String.valueOf(value);
  }

  private static Html output(TaskRecord record) {
    if (record.output().isEmpty()) {
      return Element.of(Tag.P, "Its agent has said nothing yet.").of("quiet");
    }
    List<Html> lines = new ArrayList<>();
    int number = 0;
    for (Map<String, @Nullable Object> line : record.output()) {
      String type = text(line, "type");
      String tool = text(line, "tool");
      String time = text(line, "timestamp");
      lines.add(
          Element.of(
                  Tag.LI,
                  Element.of(Tag.SPAN, time.length() >= 19 ? time.substring(11, 19) : time)
                      .of("when"),
                  Element.of(Tag.SPAN, tool.isEmpty() ? type : type + " " + tool).of("what"),
                  Element.of(Tag.PRE, Timeline.shortened(text(line, "content"))))
              .of("type-" + (type.matches("[a-z_]{1,20}") ? type : "other"))
              .with(Attr.DATA_KEY, time + " " + number++));
    }
    Html cut =
        record.outputCut()
            ? Element.of(
                    Tag.P,
                    Html.text("Only the last lines are shown. "),
                    Element.link(
                        Link.to("/api/tasks/" + record.task().taskId() + "/logs/agent-output"),
                        "All of them"))
                .of("coverage")
            : Html.NONE;
    return Html.all(cut, Element.of(Tag.OL, lines).of("output"));
  }

  private static Html object(Map<String, @Nullable Object> object) {
    if (object.isEmpty()) {
      return Element.of(Tag.P, "Nothing is kept of it.").of("quiet");
    }
    List<Html> facts = new ArrayList<>();
    object.forEach((key, value) -> {
      if (value != null) {
        String text = value instanceof String s ? s : new JsonWriter().value(value).toString();
        facts.add(Element.of(Tag.DT, key));
        facts.add(
            Element.of(
                Tag.DD,
                text.contains("\n") || text.length() > 120
                    ? Element.of(Tag.PRE, Timeline.shortened(text))
                    : Html.text(text)));
      }
    });
    return Element.of(Tag.DL, facts).of("facts");
  }
}
