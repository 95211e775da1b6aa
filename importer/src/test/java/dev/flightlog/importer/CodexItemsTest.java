package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts with a paginated history tell in finished items what older ones tell in events. */
class CodexItemsTest {
  private static final String THREAD = "01a223fc-8918-7b50-bca6-2dfb8cf3fb1d";

  @TempDir Path home;

  private static String line(int second, String type, String payload) {
    return """
    {"timestamp":"2026-11-28T21:08:%02d.000Z","ordinal":%d,"type":"%s","payload":%s}
    """
        .formatted(second, second, type, payload);
  }

  private static String meta(String id, String more) {
    return line(
        0,
        "session_meta",
        """
        {"id":"%s",%s"timestamp":"2026-11-28T21:08:00.000Z","cwd":"/srv/shop","cli_version":"0.171.0",\
        "source":"exec","history_mode":"paginated"}\
        """
            .formatted(id, more));
  }

  private static String item(int second, String item) {
    return line(
        second,
        "event_msg",
        """
        {"type":"item_completed","thread_id":"%s","turn_id":"01a223fc-898d-7a20-9769-84fea5755c9a",\
        "item":%s,"started_at_ms":%d,"completed_at_ms":%d}\
        """
            .formatted(THREAD, item, 1000 * second, 1000 * second));
  }

  private static String asked(int second, String id, String text) {
    return item(
        second,
        """
        {"type":"UserMessage","id":"%s","content":[{"type":"text","text":"%s","text_elements":[]}]}\
        """
            .formatted(id, text));
  }

  private static String said(int second, String id, String text) {
    return item(
        second,
        "{\"type\":\"AgentMessage\",\"id\":\"%s\",\"content\":[{\"type\":\"Text\",\"text\":\"%s\"}]}"
            .formatted(id, text));
  }

  private static String call(int second, String id, String name) {
    return line(
        second,
        "response_item",
        "{\"type\":\"function_call\",\"name\":\"%s\",\"arguments\":\"{}\",\"call_id\":\"%s\"}"
            .formatted(name, id));
  }

  private static String output(int second, String id, String text) {
    return line(
        second,
        "response_item",
        "{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"%s\"}"
            .formatted(id, text));
  }

  private Desk desk(String... lines) {
    Desk desk = new Desk(home);
    desk.run(desk.file("rollout-1.jsonl", meta(THREAD, "") + String.join("", lines)));
    return desk;
  }

  private static List<Object> texts(Desk desk, String type) {
    return desk.events(type).stream().map(event -> event.details().get("text")).toList();
  }

  @Test
  void whatAPersonAndAnAgentSaidIsRead() {
    Desk desk =
        desk(
            asked(1, "u1", "Do the work please."),
            said(2, "m1", "Done."),
            asked(3, "u2", "Go on."),
            said(4, "m2", "Done."));

    assertThat(texts(desk, "user_prompt")).containsExactly("Do the work please.", "Go on.");
    assertThat(texts(desk, "agent_message")).containsExactly("Done.", "Done.");
  }

  @Test
  void whatIsToldInBothFormsIsOneEventAndARepeatedWordIsTwo() {
    String old = "{\"type\":\"user_message\",\"message\":\"%s\"}";
    String words = "{\"type\":\"agent_message\",\"message\":\"%s\"}";
    Desk desk =
        desk(
            asked(1, "u1", "again"),
            line(1, "event_msg", old.formatted("again")),
            line(2, "event_msg", words.formatted("ok")),
            said(2, "m1", "ok"),
            line(3, "event_msg", old.formatted("again")),
            asked(3, "u2", "again"),
            line(4, "event_msg", words.formatted("ok")),
            said(4, "m2", "ok"));

    assertThat(texts(desk, "user_prompt")).containsExactly("again", "again");
    assertThat(texts(desk, "agent_message")).containsExactly("ok", "ok");
  }

  @Test
  void anItemTellsWhyItsCallFailed() {
    Desk desk =
        desk(
            call(1, "c1", "exec_command"),
            item(2, "{\"type\":\"CommandExecution\",\"id\":\"c1\",\"exit_code\":3}"),
            output(2, "c1", "boom"),
            call(3, "c2", "apply_patch"),
            item(4, "{\"type\":\"FileChange\",\"id\":\"c2\",\"changes\":{},\"status\":\"failed\"}"),
            output(4, "c2", "no such line"),
            call(5, "c3", "lookup"),
            item(
                6,
                "{\"type\":\"McpToolCall\",\"id\":\"c3\",\"status\":\"completed\",\"result\":{\"isError\":true}}"),
            output(6, "c3", "not there"),
            call(7, "c4", "lookup"),
            item(
                8,
                "{\"type\":\"McpToolCall\",\"id\":\"c4\",\"status\":\"completed\",\"error\":null,\"result\":{\"isError\":false}}"),
            output(8, "c4", "there"));

    List<Event> calls = desk.events("tool_call");
    assertThat(calls).hasSize(4);
    assertThat(calls.subList(0, 3)).allMatch(call -> Boolean.FALSE.equals(call.get(Field.SUCCESS)));
    assertThat(calls.get(3).get(Field.SUCCESS)).isEqualTo(true);
    assertThat(calls.stream().map(call -> call.details().get("error_type")))
        .startsWith("exit_code_3", "patch_failed", "mcp_error");
  }

  @Test
  void anItemOfAKindThatNobodyKnowsIsToldByItsName() {
    Desk desk = new Desk(home);

    ImportReport report =
        desk.run(
            desk.file(
                "rollout-1.jsonl",
                meta(THREAD, "")
                    + item(1, "{\"type\":\"Dance\",\"id\":\"d\"}")
                    + asked(2, "u", "x")));

    assertThat(report.unknown()).isEqualTo(1);
    assertThat(report.unknownKinds()).containsKey("codex: item_completed Dance");
    assertThat(texts(desk, "user_prompt")).containsExactly("x");
  }

  @Test
  void aForkThatReplaysItemsTellsThemOnce() {
    String before = asked(1, "u1", "first") + said(1, "m1", "ok");
    Desk desk = new Desk(home);
    String child = "01a223ff-2cb3-7211-91be-ade227fd3d22";

    desk.run(desk.file("rollout-1.jsonl", meta(THREAD, "") + before));
    desk.run(
        desk.file(
            "rollout-2.jsonl",
            meta(child, "\"forked_from_id\":\"" + THREAD + "\",")
                + meta(THREAD, "")
                + before.replace("21:08:01", "21:08:00").replace("_at_ms\":1000", "_at_ms\":9000")
                + asked(30, "u9", "second").replace(THREAD, child)));

    assertThat(texts(desk, "user_prompt")).containsExactly("first", "second");
    assertThat(texts(desk, "agent_message")).containsExactly("ok");
  }
}
