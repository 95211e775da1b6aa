package dev.flightlog.forwarding;

import java.net.http.HttpRequest;
import java.util.List;

/**
 * Where journals are shipped to: how lines become a request, and what an answer means. The only
 * place that knows a receiver. Called by one thread.
 */
public interface Target {
  /** In a few words, without secrets; a change of it begins anew. */
  String name();

  /** The most lines of one request. */
  int mostLines();

  /** The request that delivers these lines. */
  HttpRequest request(List<JournalLine> lines);

  /**
   * What an answer says.
   *
   * @param status of HTTP
   * @param body its head, at most a megabyte
   */
  Answer judge(int status, byte[] body, List<JournalLine> lines);

  /** What became of a request. */
  sealed interface Answer {
    /** The lines are there. */
    record Taken() implements Answer {}

    /** Not now: the same lines are sent again. */
    record Later(String reason) implements Answer {}

    /**
     * Some lines will never be taken, the others are there.
     *
     * @param count how many
     * @param which of them; empty where the receiver does not tell
     */
    record Refused(int count, List<JournalLine> which, String reason) implements Answer {}

    Answer TAKEN = new Taken();
  }

  /** What HTTP's own status says to most receivers. */
  static Answer ofStatus(int status, byte[] body, List<JournalLine> lines) {
    if (status >= 200 && status < 300) {
      return Answer.TAKEN;
    }
    String said =
        new String(body, 0, Math.min(body.length, 200), java.nio.charset.StandardCharsets.UTF_8);
    String reason = "HTTP " + status + (said.isBlank() ? "" : ": " + said.strip());
    // What asks for another login or address is a mistake of the settings, not of the lines.
    boolean lines400 = status == 400 || status == 413 || status == 422;
    return lines400 ? new Answer.Refused(lines.size(), lines, reason) : new Answer.Later(reason);
  }
}
