package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.Bar;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Tiles;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits for a person and why, who works, what runs, what today cost. Stateless. */
public final class NowPage {
  /** Ages on this page are said anew so often, in milliseconds. */
  private static final int EVERY = 10_000;

  private NowPage() {}

  /** A column of the board: the sessions of one state. */
  private enum Column {
    WAITING("waiting", "Waiting for you", "Nobody waits for you."),
    WORKING("working", "Working", "Nothing runs at the moment."),
    IDLE("idle", "Idle", "No session is idle."),
    ENDED_UNCLEAN("ended_unclean", "Ended unclean", "No session ended in the middle of a turn.");

    private final String state;
    private final String title;
    private final String nobody;

    Column(String state, String title, String nobody) {
      this.state = state;
      this.title = title;
      this.nobody = nobody;
    }
  }

  /**
   * The page.
   *
   * @param now the answer to {@code now}
   * @param spend the answer to {@code spend}
   * @param quota the answer to {@code quota}
   * @param tasks those that are not over, the newest first
   */
  public static Page of(
      Answer now, Answer spend, Answer quota, List<IndexedTask> tasks, View view) {
    List<AnswerRow> sessions = AnswerRow.of(now);
    Page page =
        Page.of(
                PageName.NOW,
                Section.of("numbers", "At a glance", tiles(sessions, spend, tasks, view)))
            .every(EVERY);
    if (sessions.isEmpty()) {
      page = page.and(Section.of("board", "Sessions", nothing(now, view)));
    } else {
      page =
          page.and(
              Section.of(
                  "board",
                  "Sessions of the last 24 hours",
                  Html.all(
                      board(sessions, view),
                      Coverage.of(now, view, Coverage.csv("now", view.scope())))));
    }
    if (!tasks.isEmpty()) {
      page = page.and(Section.of("tasks", "Tasks that are not over", tasks(tasks, view)));
    }
    List<AnswerRow> windows = AnswerRow.of(quota);
    return windows.isEmpty()
        ? page
        : page.and(
            Section.of(
                "quota",
                "Quota windows",
                Html.all(
                    quota(windows, view),
                    Coverage.of(quota, view, Coverage.csv("quota", view.scope())))));
  }

  private static Html nothing(Answer now, View view) {
    boolean any = now.window().get("events") instanceof Long events && events > 0;
    if (!view.scope().isAll()) {
      return Empty.narrowed("No session of the last 24 hours is like that.", PageName.NOW.link());
    }
    return any
        ? Empty.because(
            "No session was heard of in the last 24 hours. To see sessions as they run, let Claude"
                + " Code tell:",
            "flightlog install claude")
        : Empty.because(
            "Nothing was recorded yet. Let Claude Code tell what it does, from now on:",
            "flightlog install claude");
  }

  private static Html tiles(
      List<AnswerRow> sessions, Answer spend, List<IndexedTask> tasks, View view) {
    Tiles tiles = Tiles.none();
    for (Column column : Column.values()) {
      long count = sessions.stream().filter(row -> column.state.equals(row.text("state"))).count();
      Html shown =
          count == 0
              ? Values.count(0L)
              : Element.link(Link.within("col-" + column.state), Values.count(count));
      tiles = tiles.tile(column.title, shown);
    }
    long running = tasks.stream().filter(task -> task.status() == TaskStatus.RUNNING).count();
    long queued = tasks.stream().filter(task -> task.status() == TaskStatus.QUEUED).count();
    tiles =
        tiles.tile(
            "Tasks",
            Element.link(PageName.TASKS.link(), Values.count(running)),
            Html.text("running, " + Units.count(queued) + " queued"));
    for (AnswerRow row : AnswerRow.of(spend)) {
      if (row.textOrEmpty("period").equals("day")) {
        Double pace = row.real("pace_usd");
        tiles =
            tiles.tile(
                "Spent today",
                Element.link(
                    view.scope().since("24h").on(PageName.STORIES.link()),
                    Values.cost(row.real("cost_usd"), row.whole("unpriced_calls"))),
                Html.text(pace == null ? "" : Units.dollars(pace) + " at this pace"));
      }
    }
    return tiles.html();
  }

  private static Html board(List<AnswerRow> sessions, View view) {
    List<Html> columns = new ArrayList<>();
    for (Column column : Column.values()) {
      List<AnswerRow> own =
          sessions.stream().filter(row -> column.state.equals(row.text("state"))).toList();
      List<Html> cards = new ArrayList<>();
      cards.add(
          Element.of(Tag.H3, column.title + " ")
              .and(Element.of(Tag.SMALL, Units.count(own.size())))
              .with(Attr.ID, "col-" + column.state));
      if (own.isEmpty()) {
        cards.add(Element.of(Tag.P, column.nobody).of("quiet"));
      }
      own.forEach(row -> cards.add(card(row, view)));
      columns.add(
          Element.of(Tag.DIV, cards).of("column").of(own.isEmpty() ? "nobody" : column.state));
    }
    return Element.of(Tag.DIV, columns).of("board");
  }

  private static Html card(AnswerRow row, View view) {
    String id = row.textOrEmpty("session");
    boolean certain = row.textOrEmpty("certain").equals("yes");
    List<Html> parts = new ArrayList<>();
    parts.add(
        Element.of(
                Tag.DIV,
                Element.link(view.session(id), place(row, id)).of("name"),
                view.ago(row.time("since")))
            .of("head"));
    String tool = row.text("tool");
    parts.add(
        Element.of(
                Tag.P,
                Html.text(row.textOrEmpty("reason")),
                tool == null ? Html.NONE : Html.all(Html.text(" "), Element.of(Tag.CODE, tool)),
                certain
                    ? Html.NONE
                    : Html.all(
                        Html.text(" "),
                        Element.of(Tag.ABBR, "?")
                            .with(Attr.TITLE, "its source does not tell, so it may be otherwise")))
            .of("reason"));
    String words = row.text("last_words");
    if (words != null) {
      parts.add(Element.of(Tag.P, Values.cut(words)).of("words"));
    }
    List<Html> measures = measures(row, view);
    if (!measures.isEmpty()) {
      parts.add(Element.of(Tag.P, measures).of("measures"));
    }
    return Element.of(Tag.ARTICLE, parts).of("card").with(Attr.DATA_KEY, id);
  }

  private static String place(AnswerRow row, String id) {
    String project = row.text("project");
    String story = row.text("story");
    String where =
        project == null
            ? story
            : story == null || story.equals(project) ? project : project + " · " + story;
    return where == null ? SessionsPage.shortened(id) : where;
  }

  private static List<Html> measures(AnswerRow row, View view) {
    List<Html> measures = new ArrayList<>();
    String agent = row.text("agent");
    String model = row.text("model");
    if (agent != null && !agent.equals("main")) {
      measures.add(Element.of(Tag.SPAN, agent));
    }
    if (model != null) {
      measures.add(Element.of(Tag.SPAN, model));
    }
    if (row.real("cost_usd") != null || row.wholeOrZero("unpriced_calls") > 0) {
      measures.add(
          Element.of(Tag.SPAN, Values.cost(row.real("cost_usd"), row.whole("unpriced_calls"))));
    }
    Double context = row.real("context_percent");
    if (context != null) {
      measures.add(
          Element.of(
                  Tag.SPAN,
                  Bar.of("of the context window", context / 100),
                  Html.text(" " + Units.share(context / 100) + " context"))
              .of("with-bar"));
    }
    long errors = row.wholeOrZero("errors");
    if (errors > 0) {
      Link link = view.events().with("session", row.text("session")).with("failed", "true");
      measures.add(Element.link(link, Units.count(errors, "error")).of("bad"));
    }
    return measures;
  }

  private static Html tasks(List<IndexedTask> tasks, View view) {
    List<Html> cards = new ArrayList<>();
    for (IndexedTask task : tasks) {
      cards.add(
          Element.of(
                  Tag.ARTICLE,
                  Element.of(
                          Tag.DIV,
                          Element.link(TasksPage.link(task.taskId()), task.taskId()).of("name"),
                          Values.state(task.status().word()),
                          view.ago(TasksPage.micros(task.createdAt())))
                      .of("head"),
                  Element.of(Tag.P, Values.cut(task.request())).of("words"),
                  Element.of(Tag.P, Element.of(Tag.SPAN, who(task.agent()))).of("measures"))
              .of("card")
              .with(Attr.DATA_KEY, task.taskId()));
    }
    return Element.of(Tag.DIV, cards).of("cards");
  }

  private static String who(@Nullable String agent) {
    return agent == null ? "no agent yet" : agent;
  }

  private static Html quota(List<AnswerRow> windows, View view) {
    List<Html> cards = new ArrayList<>();
    for (AnswerRow row : windows) {
      Double used = row.real("used_percent");
      String name = row.text("name");
      List<Html> parts = new ArrayList<>();
      parts.add(
          Element.of(
                  Tag.DIV,
                  Element.of(
                          Tag.STRONG,
                          name == null ? row.textOrEmpty("kind").replace('_', ' ') : name)
                      .of("name"),
                  used == null
                      ? Values.cost(row.real("cost_usd"), row.whole("unpriced_calls"))
                      : Element.of(Tag.STRONG, Units.share(used / 100)))
              .of("head"));
      if (used != null) {
        parts.add(Element.of(Tag.DIV, Bar.of("used", used / 100)).of("full-bar"));
      }
      Long end = row.time("end");
      boolean open = row.textOrEmpty("open").equals("yes");
      parts.add(
          Element.of(
                  Tag.P,
                  Element.of(
                      Tag.SPAN,
                      Html.text(end == null ? "no end told" : open ? "ends " : "ended "),
                      end == null ? Html.NONE : view.ago(end)),
                  Element.of(
                      Tag.SPAN, Values.tokens(row.whole("tokens_used")), Html.text(" tokens")))
              .of("measures"));
      cards.add(
          Element.of(Tag.ARTICLE, parts)
              .of("card")
              .with(Attr.DATA_KEY, row.textOrEmpty("kind") + row.index()));
    }
    return Element.of(Tag.DIV, cards).of("cards");
  }
}
