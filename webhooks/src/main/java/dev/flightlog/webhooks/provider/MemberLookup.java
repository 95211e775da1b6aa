package dev.flightlog.webhooks.provider;

/** Asks the provider about somebody of whom its webhooks do not say all. Safe for any thread. */
@FunctionalInterface
public interface MemberLookup {
  /** Knows nothing: there is no token to ask with. */
  MemberLookup NONE =
      (repository, login) ->
          new Standing.Stranger(
              "unknown; there is no token to ask GitHub: set webhooks.github.token");

  /** What somebody may do in a repository. */
  sealed interface Standing {
    /** May change things there. */
    record Trusted(String permission) implements Standing {}

    /**
     * May not, as far as can be known.
     *
     * @param permission what the provider says, or why it cannot be asked
     */
    record Stranger(String permission) implements Standing {}

    /** Nobody could tell now; somebody may later. */
    record Unknown(String reason) implements Standing {}
  }

  /** Asks once; blocks for some seconds at most. */
  Standing ask(String repository, String login);
}
