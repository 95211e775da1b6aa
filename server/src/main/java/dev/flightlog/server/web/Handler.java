package dev.flightlog.server.web;

/**
 * Answers one request. Runs on a platform thread of the server's pool, so it may block on files and
 * the store; interrupted when the route's time is over.
 *
 * <p>Throws {@link ProblemException} to refuse. A {@link dev.flightlog.store.StoreException} worth
 * retrying becomes 503 with {@code Retry-After}; anything else becomes 500, without its message.
 */
@FunctionalInterface
public interface Handler {
  Response handle(Request request) throws Exception;
}
