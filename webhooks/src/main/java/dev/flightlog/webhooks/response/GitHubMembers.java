package dev.flightlog.webhooks.response;

import dev.flightlog.webhooks.provider.MemberLookup;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody may do in a repository, for members whose membership is private: webhooks call them
 * contributors (docs.github.com, "REST API endpoints for collaborators"). The token must be allowed
 * to read the repository's metadata.
 */
public final class GitHubMembers implements MemberLookup {
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Set<String> TRUSTED = Set.of("admin", "maintain", "write", "triage");

  private final Api api;

  public GitHubMembers(Api api) {
    this.api = api;
  }

  @Override
  public Standing ask(String repository, String login) {
    if (!GitHubReaction.REPO.matcher(repository).matches() || !LOGIN.matcher(login).matches()) {
      return new Standing.Unknown("no name of a repository or login");
    }
    try {
      return switch (api.get("/repos/" + repository + "/collaborators/" + login + "/permission")) {
        case Api.Attempt.Done done -> {
          String permission = done.answer().path("permission").asText("none");
          String role = done.answer().path("role_name").asText(permission);
          yield TRUSTED.contains(permission) || TRUSTED.contains(role)
              ? new Standing.Trusted(role)
              : new Standing.Stranger(role);
        }
        case Api.Attempt.Failed failed -> new Standing.Unknown("GitHub: " + failed.reason());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Standing.Unknown("interrupted");
    }
  }
}
