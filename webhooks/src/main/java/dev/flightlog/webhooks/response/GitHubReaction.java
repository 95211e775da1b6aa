package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.Message;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reaction {@code eyes}, or {@code confused} for who may not command, on the comment, issue or
 * pull request (docs.github.com, "REST API endpoints for reactions"). Reviews have no reactions:
 * their pull request gets it. Discussions have them in another API only, and are left alone. Doing
 * it twice changes nothing.
 */
public final class GitHubReaction implements Responder {
  static final Pattern REPO = Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");

  private final Api api;

  public GitHubReaction(Api api) {
    this.api = api;
  }

  @Override
  public ResponseOutcome respond(String event, Message message, Reply reply)
      throws InterruptedException {
    Optional<String> path = path(event, message.metadata());
    if (path.isEmpty()) {
      return new ResponseOutcome.Skipped("no place for a reaction to " + event);
    }
    String content =
        switch (reply) {
          case HEARD -> "eyes";
          case DENIED -> "confused";
        };
    return api.post("reaction", path.get(), Map.of("content", content), Api.Judge.STATUS);
  }

  private static Optional<String> path(
      String event, Map<String, ? extends @Nullable Object> metadata) {
    boolean named = metadata.get("repo") instanceof String repo && REPO.matcher(repo).matches();
    Object comment = metadata.get("comment_id");
    Object number = metadata.get("issue_number");
    if (!named || event.startsWith("discussion")) {
      return Optional.empty();
    }
    String root = "/repos/" + metadata.get("repo");
    if (comment instanceof Long) {
      String kind =
          event.startsWith("issue_comment")
              ? "/issues/comments/"
              : event.startsWith("pull_request_review_comment") ? "/pulls/comments/" : "/comments/";
      return Optional.of(root + kind + comment + "/reactions");
    }
    return number instanceof Long
        ? Optional.of(root + "/issues/" + number + "/reactions")
        : Optional.empty();
  }
}
