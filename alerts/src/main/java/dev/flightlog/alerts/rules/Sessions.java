package dev.flightlog.alerts.rules;

/** How sessions are named in messages. Stateless. */
final class Sessions {
  private Sessions() {}

  /** {@code session 0f3c…, agent reviewer}. */
  static String named(String session, String agent) {
    return "session "
        + Texts.line(session, 60)
        + (agent.isEmpty() ? "" : ", agent " + Texts.line(agent, 40));
  }
}
