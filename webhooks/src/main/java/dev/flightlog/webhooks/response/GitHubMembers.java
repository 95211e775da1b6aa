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

  /** Few: others wait meanwhile, and a person decides when GitHub does not answer. */
  private static final int ATTEMPTS = 2;

  private final Api api;

  public GitHubMembers(Api api) {
    this.api = api;
  }

  @Override
  public Standing ask(String repository, String login) {
    if (!GitHubReaction.REPO.matcher(repository).matches() || !LOGIN.matcher(login).matches()) {
      return new Standing.Stranger("none: no name of a repository or login");
    }
    String path = "/repos/" + repository + "/collaborators/" + login + "/permission";
    try {
      return standing(api.get(path, ATTEMPTS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Standing.Unknown("interrupted");
    }
  }

  private static Standing standing(Api.Attempt attempt) {
    return switch (attempt) {
      case Api.Attempt.Done done -> {
        String permission = done.answer().path("permission").asText("none");
        String role = done.answer().path("role_name").asText(permission);
        yield TRUSTED.contains(permission) || TRUSTED.contains(role)
            ? new Standing.Trusted(role)
            : new Standing.Stranger(role);
      }
      case Api.Attempt.Failed failed ->
          failed.again()
              ? new Standing.Unknown("GitHub: " + failed.reason())
              : new Standing.Stranger("unknown; GitHub " + failed.reason());
    };
  }
}
