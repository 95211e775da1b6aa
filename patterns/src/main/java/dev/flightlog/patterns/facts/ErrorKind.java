package dev.flightlog.patterns.facts;

import dev.flightlog.event.EventTypes;
import org.jspecify.annotations.Nullable;

/**
 * What many errors have in common: tool, error type, program and template. Its names are made once
 * for all of them. Immutable.
 */
public final class ErrorKind {
  private final String tool;
  private final String errorType;
  private final String program;
  private final String template;
  private @Nullable String className;
  private @Nullable String label;
  private @Nullable String pattern;

  /** With texts as they are described in {@link ErrorFact}; too long ones are cut. */
  public ErrorKind(String tool, String errorType, String program, String template) {
    this.tool = Fact.head(tool, Fact.LONGEST);
    this.errorType = Fact.head(errorType, Fact.LONGEST);
    this.program = Fact.head(program, Fact.LONGEST);
    this.template = Fact.head(template, ErrorFact.TEMPLATE_LENGTH);
  }

  public String tool() {
    return tool;
  }

  public String errorType() {
    return errorType;
  }

  public String program() {
    return program;
  }

  public String template() {
    return template;
  }

  /** Tool and error type, in words. */
  public String className() {
    String name = className;
    if (name == null) {
      name = className(tool, errorType);
      className = name;
    }
    return name;
  }

  /** The class in words; for a command whose error type says nothing, with its program. */
  public String label() {
    String name = label;
    if (name == null) {
      name = label(tool, errorType, program);
      label = name;
    }
    return name;
  }

  /** The class and the template: the name of the pattern. */
  public String pattern() {
    String name = pattern;
    if (name == null) {
      name = className() + (template.isBlank() ? "" : ": " + template);
      pattern = name;
    }
    return name;
  }

  /** True for an error type that says only that something failed, not what. */
  public boolean isVague() {
    return isVague(errorType);
  }

  static String label(String tool, String errorType, String program) {
    return className(tool, errorType)
        + (isVague(errorType) && !program.isEmpty() ? " (" + program + ")" : "");
  }

  private static String className(String tool, String errorType) {
    String type = errorType.isEmpty() ? "error" : errorType;
    return tool.isEmpty() ? type : tool + ' ' + type;
  }

  private static boolean isVague(String errorType) {
    return errorType.isEmpty()
        || errorType.startsWith("exit_code_")
        || errorType.equals("tool_error")
        || errorType.equals("error")
        || errorType.equals(EventTypes.ERROR);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ErrorKind kind
            && tool.equals(kind.tool)
            && errorType.equals(kind.errorType)
            && program.equals(kind.program)
            && template.equals(kind.template));
  }

  @Override
  public int hashCode() {
    return ((tool.hashCode() * 31 + errorType.hashCode()) * 31 + program.hashCode()) * 31
        + template.hashCode();
  }

  @Override
  public String toString() {
    return label() + ": " + template;
  }
}
