package dev.flightlog.tasks.folder;

import java.util.Optional;

/** The files of a task's folder. */
public enum TaskFile {
  METADATA("metadata", "metadata.json", false),
  INPUT("input", "01-input.json", false),
  WEBHOOK_FLOW("webhook-flow", "02-webhook-flow.jsonl", true),
  AGENT_OUTPUT("agent-output", "03-agent-output.jsonl", true),
  FINAL_RESULT("final-result", "04-final-result.json", false);

  private final String word;
  private final String fileName;
  private final boolean stream;

  TaskFile(String word, String fileName, boolean stream) {
    this.word = word;
    this.fileName = fileName;
    this.stream = stream;
  }

  /** The word for it in routes and commands. */
  public String word() {
    return word;
  }

  public String fileName() {
    return fileName;
  }

  /** True for lines that are appended; false for one object that is replaced as a whole. */
  public boolean isStream() {
    return stream;
  }

  public static Optional<TaskFile> of(String word) {
    for (TaskFile file : values()) {
      if (file.word.equals(word)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
