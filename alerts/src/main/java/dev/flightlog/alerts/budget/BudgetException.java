package dev.flightlog.alerts.budget;

/** A budget, or the file of budgets, is not what it must be; the message says why. */
public final class BudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BudgetException(String message) {
    super(message);
  }
}
