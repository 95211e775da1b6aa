package dev.flightlog.learning.hooks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What we want to stand in an agent's settings.
 *
 * @param groups of hooks, in this order
 * @param environment members of {@code env}; all of them or none
 * @param members others at the top, where there is none of that name
 * @param scripts by whose paths a hook is known as ours, the newest first
 */
public record WantedSettings(
    List<Group> groups,
    Map<String, String> environment,
    Map<String, Object> members,
    List<Path> scripts) {

  /**
   * A group of hooks for one event.
   *
   * @param handler the command, or the address of an HTTP hook
   * @param timeout longer than a hook takes, shorter than anybody notices, in the agent's own unit
   */
  public record Group(String event, String matcher, String handler, long timeout) {
    boolean isHttp() {
      return handler.startsWith("http://");
    }
  }

  /** Whether a command or an address is that of a hook of ours, of whatever version. */
  boolean isOurs(String handler) {
    return (handler.startsWith("http://127.0.0.1:") && handler.contains("/hooks/"))
        || scripts.stream().anyMatch(each -> handler.contains(HookFiles.quoted(each.toString())));
  }
}
