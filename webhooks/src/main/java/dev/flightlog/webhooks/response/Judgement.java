package dev.flightlog.webhooks.response;

/** What an answer of a provider with a status of success is worth. */
sealed interface Judgement {
  /** It did what was asked. */
  record Fine() implements Judgement {}

  /**
   * It did not, whatever its status says.
   *
   * @param mayPass true when trying again may help
   */
  record Complaint(String text, boolean mayPass) implements Judgement {}
}
