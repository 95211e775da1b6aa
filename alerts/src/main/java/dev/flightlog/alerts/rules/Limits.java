package dev.flightlog.alerts.rules;

/**
 * From where on people want to be told. 0 switches a rule off.
 *
 * @param waitingMinutes a session waits for a person
 * @param contextPercent of the context window, 0 to 100
 * @param repeatedCalls of one tool with one input, among twice as many calls
 * @param taskMinutes a task gives no sign
 * @param silentHours without an event, where there used to be some
 * @param costHourUsd known costs in an hour
 * @param budgetPercent of a budget, before it is exceeded
 * @param freeMegabytes free space on the disk of the home
 * @param shipMinutes what is recorded waits for a shared store
 */
public record Limits(
    int waitingMinutes,
    int contextPercent,
    int repeatedCalls,
    int taskMinutes,
    int silentHours,
    double costHourUsd,
    int budgetPercent,
    int freeMegabytes,
    int shipMinutes) {
  public static final Limits USUAL = new Limits(10, 90, 6, 60, 6, 0, 80, 512, 15);
}
