package dev.flightlog.benchmarks.learning;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.CallDifference;
import dev.flightlog.patterns.remedies.CallIntent;
import dev.flightlog.patterns.remedies.ErrorObserver;
import dev.flightlog.patterns.remedies.ToolCall;
import dev.flightlog.patterns.remedies.ToolCall.Role;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An error of a tool call with what the baselines would say about it, in the same words as
 * remedies.
 *
 * @param next what the agent's next call was against the failed one: a remedy if it had the same
 *     intent, else only the tool
 * @param half the same, where a next call that only prepares (a read, an edit, a search, a command)
 *     counts as the whole remedy that begins with it
 * @param last how the agent's last three successful calls of the tool differ from the failed one
 */
record Trial(ErrorFact error, String next, String half, List<String> last) {

  /** The errors of every session in the store. */
  static Map<String, List<Trial>> bySession(EventStore store) {
    Map<String, List<Trial>> trials = new TreeMap<>();
    Map<String, List<ErrorFact>> facts = new TreeMap<>();
    for (ErrorFact error :
        new Digest(store, List.of(new ErrorObserver())).refresh().all(ErrorFact.class)) {
      facts.computeIfAbsent(error.session(), _ -> new ArrayList<>()).add(error);
    }
    facts.forEach((session, found) -> {
      List<ToolCall> calls = calls(session, store);
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        places.put(calls.get(i).id(), i);
      }
      for (ErrorFact error : found) {
        Integer place = places.get(error.id());
        if (place != null) {
          trials.computeIfAbsent(session, _ -> new ArrayList<>()).add(of(error, calls, place));
        }
      }
    });
    return trials;
  }

  private static List<ToolCall> calls(String session, EventStore store) {
    Filter filter =
        Filter.and(
            Filter.is(Field.SESSION_ID, session),
            Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL));
    ReadRequest request = ReadRequest.oldestFirst(filter);
    List<ToolCall> calls = new ArrayList<>();
    for (Event event : store.read(request).finish(request)) {
      ToolCall call = ToolCall.of(event);
      if (call != null) {
        calls.add(call);
      }
    }
    return calls;
  }

  private static Trial of(ErrorFact error, List<ToolCall> calls, int place) {
    ToolCall failed = calls.get(place);
    ToolCall next = null;
    for (int i = place + 1; i < calls.size() && next == null; i++) {
      ToolCall call = calls.get(i);
      boolean answers =
          Objects.equals(call.agent(), failed.agent()) && call.begin() >= failed.end();
      next = answers ? call : null;
    }
    List<String> last = new ArrayList<>();
    for (int i = place - 1; i >= 0 && last.size() < 3; i--) {
      ToolCall call = calls.get(i);
      boolean worked =
          call.succeeded()
              && call.tool().equals(failed.tool())
              && Objects.equals(call.agent(), failed.agent());
      if (worked) {
        last.add(CallDifference.of(failed, List.of(), call).key());
      }
    }
    return new Trial(error, next(failed, next, false), next(failed, next, true), last);
  }

  private static String next(ToolCall failed, @Nullable ToolCall next, boolean half) {
    if (next == null) {
      return "none";
    } else if (CallIntent.isSame(failed, next)) {
      return CallDifference.of(failed, List.of(), next).key();
    } else if (half && failed.role() == Role.SHELL && next.role() == Role.EDIT) {
      return "EDIT_AND_RERUN";
    } else if (half && failed.role() == Role.EDIT && next.role() == Role.READ) {
      return failed.errorType().equals("file_not_read") ? "READ_FIRST" : "READ_AGAIN";
    } else if (half && next.role() == Role.SEARCH) {
      return "FIND_PATH";
    } else if (half && next.role() == Role.SHELL) {
      return "RUN_FIRST " + next.signature();
    }
    return "then " + next.tool();
  }

  /** The class by which the baselines count. */
  String errorClass() {
    return error.className();
  }

  /** The class of which "never recovered" is said. */
  String template() {
    return error.className() + '\n' + error.template();
  }
}
