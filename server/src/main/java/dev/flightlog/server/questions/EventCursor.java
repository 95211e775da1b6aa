package dev.flightlog.server.questions;

import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.event.EventIds;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.store.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a page of one search ends, as a word that only the same search takes again. */
final class EventCursor {
  private static final Pattern FORM =
      Pattern.compile("(-?[0-9]{1,18}) ([0-9A-Za-z_-]{1,64}) ([0-9A-Z]{26})");

  /** All that decides which events there are and in which order; the limit may change. */
  private static final List<String> DECIDING =
      Stream.concat(Stream.of("text", "order"), EventFilter.ALL.stream().map(NamedArgument::name))
          .toList();

  private final String search;

  EventCursor(Request request) {
    StringBuilder all = new StringBuilder();
    for (String name : DECIDING) {
      String value = request.query(name);
      if (value != null) {
        all.append(name).append('=').append(value.length()).append(':').append(value).append('&');
      }
    }
    search = EventIds.ofKey("page:" + all);
  }

  String next(Position last) {
    String plain = last.micros() + " " + last.id() + " " + search;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws dev.flightlog.server.web.ProblemException 400 when the word is none of this search
   */
  Position position(String page) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
      Matcher matcher = FORM.matcher(plain);
      if (matcher.matches() && matcher.group(3).equals(search)) {
        return new Position(Long.parseLong(matcher.group(1)), matcher.group(2));
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw Problem.badRequest("'page' is no page of this search: leave it out to begin anew")
        .exception();
  }
}
