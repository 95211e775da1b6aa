package dev.flightlog.analysis.sharing;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures at the head of a shared session, in words. Stateless. */
final class Figures {
  private Figures() {}

  /** Names and values, in order. */
  static Map<String, String> of(SharedSession session, Dates dates) {
    Map<String, String> figures = new LinkedHashMap<>();
    if (session.project != null) {
      figures.put("Project", session.project);
    }
    figures.put(
        "Time",
        dates.second(session.from)
            + " to "
            + dates.second(session.to)
            + " "
            + dates.name()
            + " ("
            + Units.duration((session.to - session.from) / 1000.0)
            + ")");
    figures.put("Turns of people", Units.count(session.count(Entry.Kind.PERSON)));
    long failed = session.count(Entry.Kind.FAILED);
    long calls = session.count(Entry.Kind.TOOL) + failed;
    figures.put("Tool calls", Units.count(calls) + ", " + Units.count(failed) + " failed");
    if (session.use.calls() > 0) {
      figures.put(
          "Cost", session.use.words() + " in " + Units.count(session.use.calls(), "model call"));
    }
    List<String> agents = new ArrayList<>();
    session.byAgent.forEach((agent, use) -> {
      if (!agent.isEmpty()) {
        agents.add(agent + " " + use.words());
      }
    });
    if (!agents.isEmpty()) {
      figures.put("Of it by subagents", String.join(", ", agents));
    }
    if (session.isCut()) {
      figures.put("Left out", "all but the newest " + SharedSession.MOST_EVENTS + " events");
    }
    return figures;
  }
}
