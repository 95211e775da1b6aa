package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.Message;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reaction {@code eyes} on the comment, issue or pull request (docs.github.com, "REST API
 * endpoints for reactions"). Reviews have no reactions: their pull request gets it. Discussions
 * have them in another API only, and are left alone. Doing it twice changes nothing.
 */
public final class GitHubReaction implements Responder {
  private static final Pattern REPO =
      Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");

  private final Api api;

  public GitHubReaction(Api api) {
    this.api = api;
  }

  @Override
  public Outcome respond(String event, Message message) throws InterruptedException {
    String path = path(event, message.metadata());
    if (path == null) {
      return Outcome.skipped("no place for a reaction to " + event);
    }
    return api.post("reaction", path, Map.of("content", "eyes"), answer -> null);
  }

  private static @Nullable String path(
      String event, Map<String, ? extends @Nullable Object> metadata) {
    boolean named = metadata.get("repo") instanceof String repo && REPO.matcher(repo).matches();
    Object comment = metadata.get("comment_id");
    Object number = metadata.get("issue_number");
    if (!named || event.startsWith("discussion")) {
      return null;
    }
    String root = "/repos/" + metadata.get("repo");
    if (comment instanceof Long) {
      String kind =
          event.startsWith("issue_comment")
              ? "/issues/comments/"
              : event.startsWith("pull_request_review_comment") ? "/pulls/comments/" : "/comments/";
      return root + kind + comment + "/reactions";
    }
    return number instanceof Long ? root + "/issues/" + number + "/reactions" : null;
  }
}
