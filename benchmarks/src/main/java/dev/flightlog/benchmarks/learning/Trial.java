package dev.flightlog.benchmarks.learning;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.digest.Fact;
import dev.flightlog.patterns.remedies.Call;
import dev.flightlog.patterns.remedies.Call.Role;
import dev.flightlog.patterns.remedies.Difference;
import dev.flightlog.patterns.remedies.ErrorCase;
import dev.flightlog.patterns.remedies.ErrorObserver;
import dev.flightlog.patterns.remedies.Intent;
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
record Trial(ErrorCase error, String next, String half, List<String> last) {

  /** The errors of every session in the store. */
  static Map<String, List<Trial>> bySession(EventStore store) {
    Map<String, List<Trial>> trials = new TreeMap<>();
    Map<String, List<Fact>> facts =
        new Digest(store, List.of(new ErrorObserver())).refresh().of(ErrorObserver.NAME);
    facts.forEach((session, found) -> {
      List<Call> calls = calls(session, store);
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        places.put(calls.get(i).id(), i);
      }
      for (Fact fact : found) {
        ErrorCase error = ErrorCase.of(fact);
        Integer place = places.get(error.id());
        if (place != null) {
          trials.computeIfAbsent(session, _ -> new ArrayList<>()).add(of(error, calls, place));
        }
      }
    });
    return trials;
  }

  private static List<Call> calls(String session, EventStore store) {
    Filter filter =
        Filter.and(
            Filter.is(Field.SESSION_ID, session),
            Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL));
    ReadRequest request = ReadRequest.oldestFirst(filter);
    List<Call> calls = new ArrayList<>();
    for (Event event : store.read(request).finish(request)) {
      Call call = Call.of(event);
      if (call != null) {
        calls.add(call);
      }
    }
    return calls;
  }

  private static Trial of(ErrorCase error, List<Call> calls, int place) {
    Call failed = calls.get(place);
    Call next = null;
    for (int i = place + 1; i < calls.size() && next == null; i++) {
      Call call = calls.get(i);
      boolean answers =
          Objects.equals(call.agent(), failed.agent()) && call.begin() >= failed.end();
      next = answers ? call : null;
    }
    List<String> last = new ArrayList<>();
    for (int i = place - 1; i >= 0 && last.size() < 3; i--) {
      Call call = calls.get(i);
      boolean worked =
          call.succeeded()
              && call.tool().equals(failed.tool())
              && Objects.equals(call.agent(), failed.agent());
      if (worked) {
        last.add(Difference.of(failed, List.of(), call).key());
      }
    }
    return new Trial(error, next(failed, next, false), next(failed, next, true), last);
  }

  private static String next(Call failed, @Nullable Call next, boolean half) {
    if (next == null) {
      return "none";
    } else if (Intent.isSame(failed, next)) {
      return Difference.of(failed, List.of(), next).key();
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
