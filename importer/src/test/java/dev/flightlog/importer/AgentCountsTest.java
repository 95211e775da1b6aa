package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format of other agents against a count that knows nothing of its reader. */
class AgentCountsTest {
  @TempDir Path home;

  private interface Counter {
    void count(JsonNode line, Tally tally, String place);
  }

  private Tally.Counts imported(String sample) {
    Desk desk = new Desk(home);
    desk.run(Desk.sample(sample));
    return Tally.of(desk);
  }

  private static Tally.Counts counted(String sample, Counter counter) {
    Tally tally = new Tally();
    for (Path file : Tally.files(Desk.sample(sample))) {
      int number = 0;
      for (JsonNode line : Tally.lines(file)) {
        counter.count(line, tally, file + ":" + number++);
      }
    }
    return tally.counts();
  }

  @Test
  void copilot() {
    Tally.Counts counts =
        counted(
            "copilot",
            (line, tally, place) -> {
              JsonNode data = line.path("data");
              switch (line.path("type").asText()) {
                case "session.start" -> tally.sessions.add(data.path("sessionId").asText());
                case "user.message" -> tally.prompts.add(line.path("id").asText());
                case "tool.execution_start" -> tally.calls.add(data.path("toolCallId").asText());
                case "tool.execution_complete" -> {
                  if (!data.path("success").asBoolean(true)) {
                    tally.failed.add(data.path("toolCallId").asText());
                  }
                }
                case "session.shutdown" ->
                    data.path("modelMetrics")
                        .properties()
                        .forEach(model -> {
                          JsonNode used = model.getValue().path("usage");
                          long cached = used.path("cacheReadTokens").asLong();
                          long written = used.path("cacheWriteTokens").asLong();
                          tally.response(
                              model.getKey(),
                              used.path("inputTokens").asLong() - cached - written,
                              used.path("outputTokens").asLong(),
                              cached,
                              written);
                        });
                default -> {}
              }
            });

    assertThat(imported("copilot")).isEqualTo(counts);
    assertThat(counts.output()).isEqualTo(461);
  }

  @Test
  void piAndOpenClaw() {
    Counter counter =
        (line, tally, place) -> {
          JsonNode message = line.path("message");
          if (line.path("type").asText().equals("session")) {
            tally.sessions.add(line.path("id").asText());
          }
          switch (message.path("role").asText()) {
            case "user" -> tally.prompts.add(place);
            case "toolResult" -> {
              if (message.path("isError").asBoolean()) {
                tally.failed.add(message.path("toolCallId").asText());
              }
            }
            case "assistant" -> {
              for (JsonNode block : message.path("content")) {
                if (block.path("type").asText().equals("toolCall")) {
                  tally.calls.add(block.path("id").asText());
                }
              }
              JsonNode used = message.path("usage");
              tally.response(
                  place,
                  used.path("input").asLong(),
                  used.path("output").asLong(),
                  used.path("cacheRead").asLong(),
                  used.path("cacheWrite").asLong());
            }
            default -> {}
          }
        };

    assertThat(imported("pi")).isEqualTo(counted("pi", counter));
    assertThat(imported("pi").responses()).isPositive();
  }

  @Test
  void qwenCode() {
    Counter counter =
        (line, tally, place) -> {
          tally.sessions.add(line.path("sessionId").asText());
          String type = line.path("type").asText();
          for (JsonNode part : line.path("message").path("parts")) {
            if (part.has("functionCall")) {
              tally.calls.add(part.path("functionCall").path("id").asText());
            }
            if (part.has("functionResponse")
                && line.path("toolCallResult").path("status").asText().equals("error")) {
              tally.failed.add(part.path("functionResponse").path("id").asText());
            }
            if (type.equals("user") && part.has("text")) {
              tally.prompts.add(place);
            }
          }
          JsonNode used = line.path("usageMetadata");
          long cached = used.path("cachedContentTokenCount").asLong();
          tally.response(
              place,
              used.path("promptTokenCount").asLong() - cached,
              used.path("totalTokenCount").asLong() - used.path("promptTokenCount").asLong(),
              cached,
              0);
        };

    assertThat(imported("qwen")).isEqualTo(counted("qwen", counter));
  }

  @Test
  void kimiCode() {
    Set<String> told = new java.util.HashSet<>();
    Counter counter =
        (line, tally, place) -> {
          tally.sessions.add("one");
          JsonNode event = line.path("event");
          switch (line.path("type").asText()) {
            case "turn.prompt", "turn.steer" -> {
              if (line.path("origin").path("kind").asText().equals("user")) {
                tally.prompts.add(place);
              }
            }
            // Also that of a compaction, which ends no step.
            case "usage.record" -> {
              JsonNode used = line.path("usage");
              tally.response(
                  place,
                  used.path("inputOther").asLong(),
                  used.path("output").asLong(),
                  used.path("inputCacheRead").asLong(),
                  used.path("inputCacheCreation").asLong());
            }
            default -> {}
          }
          if (event.path("type").asText().equals("tool.call")) {
            tally.calls.add(event.path("toolCallId").asText());
          }
          if (event.path("result").path("isError").asBoolean()) {
            tally.failed.add(event.path("toolCallId").asText());
          }
        };
    Tally.Counts counts = counted("kimi/code.jsonl", counter);

    assertThat(told).isEmpty();
    assertThat(imported("kimi/code.jsonl")).isEqualTo(counts);
    assertThat(counts.calls()).isEqualTo(19);
    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.responses()).isEqualTo(23);
  }

  @Test
  void kimiCli() {
    Counter counter =
        (line, tally, place) -> {
          tally.sessions.add("one");
          JsonNode payload = line.path("message").path("payload");
          switch (line.path("message").path("type").asText()) {
            case "TurnBegin" -> tally.prompts.add(place);
            case "ToolCall" -> tally.calls.add(payload.path("id").asText());
            case "ToolResult" -> {
              if (payload.path("return_value").path("is_error").asBoolean()) {
                tally.failed.add(payload.path("tool_call_id").asText());
              }
            }
            case "StatusUpdate" -> {
              JsonNode used = payload.path("token_usage");
              tally.response(
                  place,
                  used.path("input_other").asLong(),
                  used.path("output").asLong(),
                  used.path("input_cache_read").asLong(),
                  used.path("input_cache_creation").asLong());
            }
            default -> {}
          }
        };

    assertThat(imported("kimi/cli.jsonl")).isEqualTo(counted("kimi/cli.jsonl", counter));
    assertThat(imported("kimi/cli.jsonl").failed()).isEqualTo(2);
  }

  @Test
  void droid() {
    Counter counter =
        (line, tally, place) -> {
          String session = line.path("session_id").asText(line.path("sessionId").asText(""));
          if (line.path("type").asText().equals("session_start")) {
            tally.sessions.add(line.path("id").asText());
          } else if (!session.isEmpty()) {
            tally.sessions.add(session);
          }
          String role = line.path("role").asText(line.path("message").path("role").asText());
          for (JsonNode block : line.path("message").path("content")) {
            switch (block.path("type").asText()) {
              case "tool_use" -> tally.calls.add(block.path("id").asText());
              case "text" -> {
                if (role.equals("user")) {
                  tally.prompts.add(place);
                }
              }
              case "tool_result" -> {
                if (block.path("is_error").asBoolean()) {
                  tally.failed.add(block.path("tool_use_id").asText());
                }
              }
              default -> {}
            }
          }
          switch (line.path("type").asText()) {
            case "message" -> {
              if (role.equals("user") && line.has("text")) {
                tally.prompts.add(place);
              }
            }
            case "tool_call" ->
                tally.calls.add(line.path("toolCallId").asText(line.path("id").asText()));
            case "tool_result" -> {
              if (line.path("isError").asBoolean()) {
                tally.failed.add(line.path("toolCallId").asText(line.path("id").asText()));
              }
            }
            case "completion" -> {
              JsonNode used = line.path("usage");
              tally.response(
                  session,
                  used.path("input_tokens").asLong(),
                  used.path("output_tokens").asLong(),
                  used.path("cache_read_input_tokens").asLong(),
                  used.path("cache_creation_input_tokens").asLong());
            }
            default -> {}
          }
        };

    assertThat(imported("droid")).isEqualTo(counted("droid", counter));
    assertThat(imported("droid").failed()).isEqualTo(1);
  }

  @Test
  void cursor() {
    Counter counter =
        (line, tally, place) -> {
          tally.sessions.add(place.substring(0, place.lastIndexOf(':')));
          int index = 0;
          for (JsonNode block : line.path("message").path("content")) {
            String at = place + "#" + index++;
            switch (block.path("type").asText()) {
              case "tool_use" -> tally.calls.add(at);
              case "text" -> {
                if (line.path("role").asText().equals("user")) {
                  tally.prompts.add(at);
                }
              }
              default -> {}
            }
          }
        };

    assertThat(imported("cursor")).isEqualTo(counted("cursor", counter));
    assertThat(imported("cursor").calls()).isEqualTo(3);
  }

  @Test
  void gooseBeforeItsDatabase() {
    Counter counter =
        (line, tally, place) -> {
          if (line.has("working_dir")) {
            tally.sessions.add(line.path("id").asText());
          } else if (line.path("role").asText().equals("user")) {
            tally.prompts.add(place);
          }
        };

    assertThat(imported("goose")).isEqualTo(counted("goose", counter));
  }

  @Test
  void aider() {
    String text = Tally.text(Desk.sample("aider/.aider.chat.history.md"));
    Tally tally = new Tally();
    Matcher lines =
        Pattern.compile("(?m)^(# aider chat started at |> Tokens: |> Applied edit to |#### )(.*)$")
            .matcher(text);
    int last = -2;
    Map<String, Integer> places = new HashMap<>();
    while (lines.find()) {
      int number = (int) text.substring(0, lines.start()).chars().filter(c -> c == '\n').count();
      String rest = lines.group(2);
      switch (lines.group(1).strip()) {
        case "# aider chat started at" -> tally.sessions.add("s" + number);
        case "> Applied edit to" -> tally.calls.add("c" + number);
        case "####" -> {
          // Lines that follow each other are one prompt; what begins with a slash is a command.
          if (number != last + 1 && !rest.startsWith("/")) {
            tally.prompts.add("p" + number);
          }
          last = number;
        }
        default ->
            tally.response("r" + number, tokens(rest, "sent"), tokens(rest, "received"), 0, 0);
      }
      places.put(lines.group(), number);
    }

    assertThat(places).isNotEmpty();
    assertThat(imported("aider")).isEqualTo(tally.counts());
    assertThat(tally.responses).isNotEmpty();
  }

  private static long tokens(String line, String word) {
    Matcher count = Pattern.compile("([\\d.]+)(k?) " + word).matcher(line);
    return count.find()
        ? Math.round(Double.parseDouble(count.group(1)) * (count.group(2).isEmpty() ? 1 : 1000))
        : 0;
  }

  @Test
  void cline() {
    Tally tally = new Tally();
    JsonNode all = Tally.document(Desk.sample("cline/ui_messages.json"));
    tally.sessions.add("one");
    int number = 0;
    for (JsonNode message : all) {
      String place = "m" + number++;
      switch (message.path("say").asText(message.path("ask").asText())) {
        case "task", "user_feedback" -> tally.prompts.add(place);
        case "tool", "command" -> tally.calls.add(place);
        case "diff_error" -> tally.failed.add("m" + (number - 2));
        case "api_req_started" -> {
          JsonNode used = Tally.json(message.path("text").asText());
          tally.response(
              place,
              used.path("tokensIn").asLong(),
              used.path("tokensOut").asLong(),
              used.path("cacheReads").asLong(),
              used.path("cacheWrites").asLong());
        }
        default -> {}
      }
    }

    assertThat(imported("cline")).isEqualTo(tally.counts());
    assertThat(tally.counts().failed()).isEqualTo(1);
  }
}
