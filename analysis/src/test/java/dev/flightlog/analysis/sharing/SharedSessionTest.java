package dev.flightlog.analysis.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedSessionTest {
  private static final Redactor REDACTOR = Redactor.create(RedactionKey.of(new byte[32]));
  private static final Instant START = Instant.parse("2026-06-10T12:00:00Z");

  /** Everything by which text could become markup, of HTML or Markdown. */
  private static final String HOSTILE =
      "</pre></main><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt; \" ' ` ``` ~~~\n"
          + "# heading\n````text\n[a](javascript:x) ![](http://x/y)\n<!-- --> ]]> \u202e\u001b[31m\u0000";

  private final MemoryStore store = new MemoryStore();
  private int number;

  @AfterEach
  void close() {
    store.close();
  }

  private void add(
      String type,
      String session,
      @Nullable String agent,
      @Nullable Boolean success,
      Map<String, Object> details) {
    Category fixed = EventTypes.categoryOf(type);
    Event.Builder event =
        Event.builder(
                String.format("%026d", ++number),
                START.plusSeconds(number),
                type,
                fixed == null ? Category.EXECUTION : fixed)
            .set(Field.SESSION_ID, session)
            .set(Field.PROJECT, HOSTILE)
            .details(details);
    if (agent != null) {
      event.set(Field.AGENT_NAME, agent);
    }
    if (success != null) {
      event.set(Field.SUCCESS, success);
    }
    if (type.equals(EventTypes.MODEL_CALL)) {
      event.set(Field.TOKENS_USED, 1000L);
    }
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event.build());
    store.append(new Append(batch));
  }

  private SharedSession shared(String id) {
    return SharedSession.of(store, REDACTOR, Pricing.NONE, id);
  }

  @Test
  void whatPeopleAndAgentsDidIsToldInOrderWithSubagentsErrorsAndCost() {
    add(EventTypes.USER_PROMPT, "s", null, null, Map.of("text", "mend the build"));
    add(EventTypes.MODEL_CALL, "s", null, null, Map.of("model", "m", "cost_usd", 0.5));
    add(
        EventTypes.TOOL_CALL,
        "s",
        "Explore",
        true,
        Map.of("tool", "Read", "input", Map.of("file_path", "a.txt"), "output", "content"));
    add(EventTypes.MODEL_CALL, "s", "Explore", null, Map.of("model", "m", "cost_usd", 0.25));
    add(
        EventTypes.TOOL_CALL,
        "s",
        null,
        false,
        Map.of("tool", "Bash", "error_type", "exit_code_1", "message", "it broke"));
    add("agent_message", "s", null, null, Map.of("text", "done"));
    add(EventTypes.USER_PROMPT, "other", null, null, Map.of("text", "not this one"));

    String html = HtmlPage.of(shared("s"), Dates.UTC);
    String markdown = MarkdownPage.of(shared("s"), Dates.UTC);

    assertThat(html)
        .containsSubsequence(
            "mend the build",
            "Explore: Read",
            "a.txt",
            "content",
            "Bash failed: exit_code_1",
            "it broke",
            "done")
        .contains("$0.75 in 2 model calls", "Explore $0.25", "class=\"tool sub\"")
        .doesNotContain("not this one");
    assertThat(markdown)
        .containsSubsequence(
            "# Session `s`", "mend the build", "Explore: Read", "Bash failed", "it broke", "done");
    assertThat(shared("s").review())
        .containsEntry("turns_of_people", 1L)
        .containsEntry("tool_calls", 2L)
        .containsEntry("failed", 1L)
        .containsEntry("first_words", "mend the build");
    assertThatThrownBy(() -> shared("nothing")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void anAgentThatIsNamedLeadsWhenItWasAskedFirst() {
    add("session_started", "s", null, null, Map.of("client", "c"));
    add(EventTypes.USER_PROMPT, "s", "main", null, Map.of("text", "mend the build"));
    add(EventTypes.TOOL_CALL, "s", "main", true, Map.of("tool", "Read"));
    add(EventTypes.TOOL_CALL, "s", "Explore", true, Map.of("tool", "Grep"));

    assertThat(HtmlPage.of(shared("s"), Dates.UTC))
        .contains("<h2>You <", "<h2>Read <", "<h2>Explore: Grep <")
        .doesNotContain("main:");
  }

  @Test
  void nothingFromLogsIsMarkup() {
    add(EventTypes.USER_PROMPT, "s", null, null, Map.of("text", "plain"));
    String plainHtml = HtmlPage.of(shared("s"), Dates.UTC);
    for (String type :
        new String[] {
          EventTypes.USER_PROMPT,
          "agent_message",
          EventTypes.TOOL_CALL,
          EventTypes.ERROR,
          EventTypes.TOOL_REJECTED,
          "odd_type"
        }) {
      add(
          type,
          "s",
          HOSTILE,
          false,
          Map.of(
              "text",
              HOSTILE,
              "tool",
              HOSTILE,
              "input",
              Map.of(HOSTILE, HOSTILE, "b", HOSTILE),
              "output",
              HOSTILE,
              "message",
              HOSTILE,
              "error_type",
              HOSTILE,
              "reason",
              HOSTILE,
              "command",
              HOSTILE));
    }
    add(EventTypes.MODEL_CALL, "s", HOSTILE, null, Map.of("model", HOSTILE, "cost_usd", 1.0));

    String html = HtmlPage.of(shared("s"), Dates.UTC);

    Set<String> ours = tags(plainHtml);
    ours.addAll(
        tags(
            "<details><summary></summary></details><div class=\"label\"></div>"
                + "<article class=\"failed sub\"><article class=\"person sub\"><article class=\"agent sub\">"));
    assertThat(ours).containsAll(tags(html));
    assertThat(html)
        .doesNotContain("\u001b", "\u0000", "\u202e")
        .doesNotContainIgnoringCase("<script")
        .contains("&lt;script&gt;");
    String markdown = MarkdownPage.of(shared("s"), Dates.UTC);
    assertThat(outsideOfCode(markdown)).doesNotContain("<", "[a]", "# heading", "onerror");
  }

  /** All that a browser would take for a tag. */
  private static Set<String> tags(String html) {
    Set<String> tags = new TreeSet<>();
    Matcher tag = Pattern.compile("<[^>]*>").matcher(html);
    while (tag.find()) {
      tags.add(tag.group());
    }
    return tags;
  }

  /** What is left of Markdown without fenced blocks and code spans. */
  private static String outsideOfCode(String markdown) {
    StringBuilder rest = new StringBuilder();
    String fence = "";
    for (String line : markdown.split("\n", -1)) {
      Matcher ticks = Pattern.compile("^(`{3,})(.*)$").matcher(line);
      if (fence.isEmpty() && ticks.matches() && !ticks.group(2).contains("`")) {
        fence = ticks.group(1);
      } else if (!fence.isEmpty()) {
        boolean closes =
            ticks.matches()
                && ticks.group(2).isBlank()
                && ticks.group(1).length() >= fence.length();
        fence = closes ? "" : fence;
      } else {
        rest.append(line.replaceAll("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "")).append('\n');
      }
    }
    return rest.toString();
  }

  @Test
  void aSecretThatGotIntoTheStoreIsNotInTheFile() {
    String key = "sk-ant-api03-" + "Ab1".repeat(31) + "AA";
    add(EventTypes.USER_PROMPT, "s", null, null, Map.of("text", "use " + key));
    add(
        EventTypes.TOOL_CALL,
        "s",
        null,
        true,
        Map.of("tool", "Bash", "input", Map.of("command", "export K=" + key), "output", key));

    assertThat(HtmlPage.of(shared("s"), Dates.UTC)).doesNotContain(key).contains("redacted");
    assertThat(MarkdownPage.of(shared("s"), Dates.UTC)).doesNotContain(key);
    assertThat(shared("s").review()).containsEntry("texts_redacted_now", 3L);
  }
}
