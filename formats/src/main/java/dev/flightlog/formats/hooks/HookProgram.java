package dev.flightlog.formats.hooks;

import java.util.Locale;
import java.util.Optional;

/** The programs whose hooks are understood. */
public enum HookProgram {
  /** Claude Code. */
  CLAUDE("claude-code"),

  /** Codex, whose hooks have the form of Claude Code's. */
  CODEX("codex"),

  /** Gemini CLI. Its hooks name neither calls nor prompts. */
  GEMINI("gemini"),

  /** GitHub Copilot CLI. Its hooks name neither calls nor prompts. */
  COPILOT("copilot");

  private final String client;

  HookProgram(String client) {
    this.client = client;
  }

  /** As sessions of its files name it. */
  public String client() {
    return client;
  }

  /** As routes, files and commands name it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The program of this name. */
  public static Optional<HookProgram> named(String name) {
    for (HookProgram each : values()) {
      if (each.wireName().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
