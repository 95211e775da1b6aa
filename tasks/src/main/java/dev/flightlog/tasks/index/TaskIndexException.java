package dev.flightlog.tasks.index;

/**
 * The index of tasks cannot be used, or was asked something wrong. The message says how to mend.
 */
public final class TaskIndexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean wrongQuestion;

  private TaskIndexException(String message, boolean wrongQuestion, Throwable cause) {
    super(message, cause);
    this.wrongQuestion = wrongQuestion;
  }

  static TaskIndexException broken(String message, Throwable cause) {
    return new TaskIndexException(message, false, cause);
  }

  static TaskIndexException wrong(String message) {
    TaskIndexException wrong = new TaskIndexException(message, true, new Exception(message));
    wrong.setStackTrace(new StackTraceElement[0]);
    return wrong;
  }

  /** True when whoever asked must ask otherwise; false when the file is at fault. */
  public boolean isWrongQuestion() {
    return wrongQuestion;
  }
}
