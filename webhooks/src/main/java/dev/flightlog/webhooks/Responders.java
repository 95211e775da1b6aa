package dev.flightlog.webhooks;

import dev.flightlog.webhooks.provider.MemberLookup;
import dev.flightlog.webhooks.response.Api;
import dev.flightlog.webhooks.response.GitHubMembers;
import dev.flightlog.webhooks.response.GitHubReaction;
import dev.flightlog.webhooks.response.JiraComment;
import dev.flightlog.webhooks.response.Pause;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.response.ResponseOutcome;
import dev.flightlog.webhooks.response.SlackResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What calls a provider's API, as its settings say. For one provider. */
final class Responders {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String REPLY = "On it.";

  private final String name;
  private final ProviderValues values;
  private final Pause pause;
  private final InstantSource clock;

  Responders(String name, ProviderValues values, Pause pause, InstantSource clock) {
    this.name = name;
    this.values = values;
    this.pause = pause;
    this.clock = clock;
  }

  /** How commands are answered. */
  Responder responder() {
    Optional<String> token = values.token();
    String byDefault =
        switch (name) {
          case "github", "slack" -> "reaction";
          case "jira" -> "comment";
          default -> "none";
        };
    String response = values.text(ProviderKey.RESPONSE, byDefault);
    Set<String> possible =
        switch (name) {
          case "github" -> Set.of("reaction", "none");
          case "slack" -> Set.of("reaction", "reply", "none");
          case "jira" -> Set.of("comment", "none");
          default -> Set.of("none");
        };
    if (!possible.contains(response)) {
      throw values.wrong(
          ProviderKey.RESPONSE,
          "is one of " + String.join(", ", new TreeSet<>(possible)) + ", not \"" + response + "\"");
    }
    if (response.equals("none")) {
      return Responder.NONE;
    }
    if (token.isEmpty()) {
      return (event, message, answer) ->
          new ResponseOutcome.Skipped("no token: set webhooks." + name + ".token");
    }
    String reply = values.text(ProviderKey.REPLY, REPLY);
    return switch (name) {
      case "github" -> new GitHubReaction(gitHub(token.get()));
      case "slack" ->
          new SlackResponse(
              api("https://slack.com/api", Map.of("Authorization", "Bearer " + token.get())),
              response.equals("reply") ? reply : null);
      default -> jira(token.get(), reply);
    };
  }

  /** How members are looked up whose membership is private. */
  MemberLookup members() {
    Optional<String> token = values.token();
    return name.equals("github") && token.isPresent()
        ? new GitHubMembers(gitHub(token.get()))
        : MemberLookup.NONE;
  }

  private Api gitHub(String token) {
    return api(
        "https://api.github.com",
        Map.of(
            "Accept",
            "application/vnd.github+json",
            "X-GitHub-Api-Version",
            "2022-11-28",
            "Authorization",
            "Bearer " + token));
  }

  private Responder jira(String token, String reply) {
    values.required(ProviderKey.API);
    Optional<String> user = values.text(ProviderKey.USER);
    String basic =
        Base64.getEncoder()
            .encodeToString((user.orElse("") + ":" + token).getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Authorization", user.isEmpty() ? "Bearer " + token : "Basic " + basic);
    boolean dataCenter = values.text(ProviderKey.API_VERSION, "3").equals("2");
    return new JiraComment(api("", headers), dataCenter, reply);
  }

  private Api api(String byDefault, Map<String, String> headers) {
    String text = values.text(ProviderKey.API, byDefault);
    try {
      URI base = new URI(text);
      String host = base.getHost();
      String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
      boolean safe =
          host != null
              && (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host)));
      if (safe && base.getQuery() == null && base.getUserInfo() == null) {
        return new Api(base, headers, pause, clock);
      }
    } catch (URISyntaxException e) {
      // Told below, as every other address that does not fit.
    }
    throw values.wrong(
        ProviderKey.API, "is an https address (http for this machine only), not \"" + text + "\"");
  }
}
