package dev.flightlog.benchmarks.generated;

import dev.flightlog.event.Timestamps;
import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;

/** The lines of one story on one day. For one thread. */
final class JournalLines {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int AGENTS = 8;
  private static final String[] AGENT = {
    "planning_agent",
    "research_agent",
    "coder",
    "reviewer",
    "tester",
    "writer",
    "release_agent",
    "ops_agent"
  };
  private static final String[] TOOL = {
    "Read",
    "Bash",
    "Edit",
    "Grep",
    "Write",
    "Glob",
    "Task",
    "WebFetch",
    "TodoWrite",
    "WebSearch",
    "MultiEdit",
    "NotebookEdit"
  };
  private static final String[] MODEL = {
    "claude-opus-4-1-20250805", "claude-sonnet-4-20250514", "claude-3-5-haiku-20241022", "gpt-5"
  };
  private static final String[] ERROR = {
    "FileNotFound",
    "Timeout",
    "OldStringNotFound",
    "ExitCode",
    "PermissionDenied",
    "rejected",
    "UnicodeError",
    "TooLarge"
  };

  private final SplittableRandom random;
  private final String story;
  private final LocalDate day;
  private final int[] left = new int[AGENTS];
  private final String[] session = new String[AGENTS];
  private final StringBuilder line = new StringBuilder(600);

  JournalLines(int story, LocalDate day, long seed) {
    this.random = new SplittableRandom(seed);
    this.story = "1." + story;
    this.day = day;
  }

  /** The next event, at this time; the text is a line with its line feed. */
  String next(long micros) {
    int agent = Math.min(random.nextInt(AGENTS), random.nextInt(AGENTS));
    if (left[agent]-- == 0) {
      left[agent] = 100 + random.nextInt(200);
      session[agent] =
          "story_" + story + "_" + day.toString().replace("-", "") + "_" + random.nextInt(1 << 30);
    }
    line.setLength(0);
    id(micros / 1000);
    line.append("\",\"timestamp\":\"").append(Timestamps.text(micros));
    int kind = random.nextInt(100);
    if (kind < 60) {
      toolCall(agent);
    } else if (kind < 88) {
      modelCall(agent);
    } else if (kind < 91) {
      error(agent);
    } else if (kind < 95) {
      transition(agent);
    } else {
      other(agent, kind % 2 == 0);
    }
    return line.append("}\n").toString();
  }

  /** A ULID whose randomness comes from the seed. */
  private void id(long millis) {
    line.append("{\"id\":\"");
    for (int shift = 45; shift >= 0; shift -= 5) {
      line.append(DIGITS.charAt((int) (millis >>> shift) & 31));
    }
    long bits = random.nextLong();
    for (int i = 0; i < 12; i++) {
      line.append(DIGITS.charAt((int) (bits >>> 5 * i) & 31));
    }
    int rest = random.nextInt();
    for (int i = 0; i < 4; i++) {
      line.append(DIGITS.charAt((rest >>> 5 * i) & 31));
    }
  }

  private void head(String type, String category, int agent) {
    line.append("\",\"event_type\":\"").append(type);
    line.append("\",\"category\":\"").append(category);
    line.append("\",\"session_id\":\"").append(session[agent]);
    line.append("\",\"story_id\":\"").append(story);
    line.append("\",\"workflow_id\":\"workflow_").append(agent % 3);
    line.append("\",\"agent_name\":\"").append(AGENT[agent]).append('"');
  }

  private void toolCall(int agent) {
    head("tool_call", "execution", agent);
    int tool = Math.min(random.nextInt(TOOL.length), random.nextInt(TOOL.length));
    boolean failed = random.nextInt(100) < 5;
    line.append(",\"duration_ms\":").append(duration(2 + tool * 0.4));
    line.append(",\"success\":").append(!failed);
    line.append(",\"details\":{\"tool\":\"").append(TOOL[tool]);
    line.append("\",\"input\":{\"path\":\"src/module").append(random.nextInt(40));
    line.append("/Service").append(random.nextInt(900)).append(".java\"}");
    if (failed) {
      failure();
    } else {
      line.append(",\"output\":\"").append(random.nextInt(400)).append(" lines\"");
    }
    line.append('}');
  }

  private void failure() {
    String type = ERROR[Math.min(random.nextInt(ERROR.length), random.nextInt(ERROR.length))];
    line.append(",\"error_type\":\"").append(type);
    line.append("\",\"message\":\"").append(type).append(": src/module").append(random.nextInt(40));
    line.append(" could not be \\\"used\\\" after ").append(random.nextInt(30)).append(" s\"");
  }

  private void modelCall(int agent) {
    head("model_call", "execution", agent);
    int model = Math.min(random.nextInt(MODEL.length), random.nextInt(MODEL.length));
    int input = random.nextInt(50);
    int output = random.nextInt(1500);
    int read = random.nextInt(150_000);
    int write = random.nextInt(4000);
    int sum = input + output + read + write;
    line.append(",\"duration_ms\":").append(duration(7.5));
    line.append(",\"tokens_used\":").append(sum);
    line.append(",\"context_percent\":").append(Math.round(sum / 20.0) / 100.0);
    line.append(",\"success\":true,\"details\":{\"model\":\"").append(MODEL[model]);
    line.append("\",\"input_tokens\":").append(input).append(",\"output_tokens\":").append(output);
    line.append(",\"cache_read_tokens\":").append(read).append(",\"cache_write_tokens\":");
    double cost = (input * 3 + output * 15 + read * 0.3 + write * 3.75) / 1e6;
    line.append(write).append(",\"cost_usd\":");
    line.append(String.format(Locale.ROOT, "%.6f", cost)).append('}');
  }

  private void error(int agent) {
    head("error", "error", agent);
    line.append(",\"success\":false,\"details\":{\"from\":\"workflow.py\"");
    failure();
    line.append('}');
  }

  private void transition(int agent) {
    head("agent_transition", "execution", agent);
    line.append(",\"details\":{\"from_agent\":\"")
        .append(AGENT[agent])
        .append("\",\"to_agent\":\"");
    line.append(AGENT[random.nextInt(AGENTS)]).append("\",\"state_size\":");
    line.append(random.nextInt(9000)).append(",\"reason\":\"plan_complete\"}");
  }

  private void other(int agent, boolean prompt) {
    if (prompt) {
      head("user_prompt", "interaction", agent);
      line.append(",\"details\":{\"prompt\":\"please look at module ").append(random.nextInt(40));
      line.append(" – it fails again\"}");
    } else {
      head("decision", "decision", agent);
      line.append(",\"confidence_score\":").append(random.nextInt(101) / 100.0);
      line.append(",\"details\":{\"choice\":\"option ").append(random.nextInt(5)).append("\"}");
    }
  }

  private long duration(double middle) {
    // A sum of uniform numbers is near enough to a normal one.
    double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    return 1 + (long) Math.exp(middle + 2 * normal);
  }
}
