package dev.flightlog.webhooks;

import com.fasterxml.jackson.core.JsonPointer;
import dev.flightlog.webhooks.command.CommandPatterns;
import dev.flightlog.webhooks.provider.Commands;
import dev.flightlog.webhooks.provider.ConfiguredProvider;
import dev.flightlog.webhooks.provider.GitHub;
import dev.flightlog.webhooks.provider.Jira;
import dev.flightlog.webhooks.provider.Permission;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.provider.Slack;
import dev.flightlog.webhooks.response.Api;
import dev.flightlog.webhooks.response.GitHubReaction;
import dev.flightlog.webhooks.response.JiraComment;
import dev.flightlog.webhooks.response.Pause;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.response.SlackResponse;
import dev.flightlog.webhooks.signature.Form;
import dev.flightlog.webhooks.signature.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The providers that the settings name, and how each is answered. Immutable.
 *
 * @param providers only those that have a secret
 */
public record WebhookSettings(List<Provider> providers, Map<String, Responder> responders) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String REPLY = "On it.";

  public WebhookSettings {
    providers = List.copyOf(providers);
    responders = Map.copyOf(responders);
  }

  /**
   * Reads the settings.
   *
   * @param section what stands under {@code webhooks} in {@code config.json}; empty when nothing
   * @throws WebhookSettingsException when something is wrong; the message names it
   */
  public static WebhookSettings read(
      Map<?, ?> section, Map<String, String> environment, Pause pause, InstantSource clock) {
    Set<String> names = new TreeSet<>(Set.of("github", "slack", "jira"));
    section.keySet().forEach(each -> names.add(String.valueOf(each)));
    List<Provider> providers = new ArrayList<>();
    Map<String, Responder> responders = new HashMap<>();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new WebhookSettingsException(
            "webhooks." + name + ": a provider's name is up to 32 of a-z, 0-9 and hyphens");
      }
      Object configured = section.get(name);
      if (configured != null && !(configured instanceof Map<?, ?>)) {
        throw new WebhookSettingsException("webhooks." + name + " is an object of settings");
      }
      ProviderValues values =
          ProviderValues.of(
              name, configured instanceof Map<?, ?> map ? map : Map.of(), environment);
      String secret = values.text(ProviderKey.SECRET);
      if (secret != null) {
        providers.add(provider(name, secret, values));
        responders.put(name, responder(name, values, pause, clock));
      }
    }
    return new WebhookSettings(providers, responders);
  }

  /** The signature check of a provider that has a secret, or null. */
  public @Nullable Signature signatureOf(String provider) {
    for (Provider each : providers) {
      if (each.name().equals(provider)) {
        return each.signature();
      }
    }
    return null;
  }

  private static Provider provider(String name, String secret, ProviderValues values) {
    Commands commands = commands(name, values);
    return switch (name) {
      case "github" -> new GitHub(secret, commands);
      case "slack" -> new Slack(secret, commands);
      case "jira" -> new Jira(secret, commands);
      default -> configured(name, secret, commands, values);
    };
  }

  private static Commands commands(String name, ProviderValues values) {
    String bot = values.text(ProviderKey.BOT, "bot");
    CommandPatterns patterns;
    try {
      patterns =
          CommandPatterns.of(values.list(ProviderKey.PATTERNS, CommandPatterns.DEFAULTS), bot);
    } catch (IllegalArgumentException e) {
      throw values.wrong(ProviderKey.PATTERNS, "is wrong: " + e.getMessage());
    }
    Set<String> allowed = new TreeSet<>(values.list(ProviderKey.ALLOW, List.of()));
    Permission permission =
        name.equals("github")
            ? Permission.byAssociation(
                new TreeSet<>(
                    values.list(ProviderKey.ASSOCIATIONS, List.copyOf(Permission.TRUSTED))),
                allowed)
            : Permission.ofMembers(allowed);
    return new Commands(
        bot,
        values.list(ProviderKey.BOT_IDS, List.of()),
        patterns,
        values.map(ProviderKey.LABELS),
        permission,
        values.map(ProviderKey.AGENTS),
        values.text(ProviderKey.AGENT));
  }

  private static Provider configured(
      String name, String secret, Commands commands, ProviderValues values) {
    String scheme = values.required(ProviderKey.SCHEME);
    Form form = Form.of(scheme);
    if (form == null) {
      throw values.wrong(
          ProviderKey.SCHEME,
          "is one of "
              + String.join(", ", java.util.Arrays.stream(Form.values()).map(Form::word).toList())
              + ", not \""
              + scheme
              + "\"");
    }
    Signature signature;
    try {
      signature =
          Signature.of(
              values.required(ProviderKey.SIGNATURE_HEADER),
              form,
              values.text(ProviderKey.TIMESTAMP_HEADER),
              secret);
    } catch (IllegalArgumentException e) {
      throw values.wrong(ProviderKey.TIMESTAMP_HEADER, "is wrong: " + e.getMessage());
    }
    values.required(ProviderKey.TEXT_POINTER);
    JsonPointer text = pointer(values, ProviderKey.TEXT_POINTER);
    JsonPointer author = pointer(values, ProviderKey.AUTHOR_POINTER);
    if (author == null && !values.list(ProviderKey.ALLOW, List.of()).isEmpty()) {
      throw values.wrong(
          ProviderKey.AUTHOR_POINTER, "is missing: without it nobody is on the list \"allow\"");
    }
    return new ConfiguredProvider(
        name,
        signature,
        commands,
        new ConfiguredProvider.Places(
            values.text(ProviderKey.ID_HEADER),
            pointer(values, ProviderKey.ID_POINTER),
            values.text(ProviderKey.EVENT_HEADER),
            pointer(values, ProviderKey.EVENT_POINTER),
            text == null ? JsonPointer.empty() : text,
            author));
  }

  private static @Nullable JsonPointer pointer(ProviderValues values, ProviderKey key) {
    String text = values.text(key);
    try {
      return text == null ? null : JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw values.wrong(key, "is a JSON pointer such as /comment/id, not \"" + text + "\"");
    }
  }

  private static Responder responder(
      String name, ProviderValues values, Pause pause, InstantSource clock) {
    String token = values.text(ProviderKey.TOKEN);
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
    if (token == null) {
      return (event, message) ->
          dev.flightlog.webhooks.response.Outcome.skipped(
              "no token: set webhooks." + name + ".token");
    }
    String reply = values.text(ProviderKey.REPLY, REPLY);
    return switch (name) {
      case "github" ->
          new GitHubReaction(
              api(
                  values,
                  "https://api.github.com",
                  Map.of(
                      "Accept",
                      "application/vnd.github+json",
                      "X-GitHub-Api-Version",
                      "2022-11-28",
                      "Authorization",
                      "Bearer " + token),
                  pause,
                  clock));
      case "slack" ->
          new SlackResponse(
              api(
                  values,
                  "https://slack.com/api",
                  Map.of("Authorization", "Bearer " + token),
                  pause,
                  clock),
              response.equals("reply") ? reply : null);
      default -> jira(values, token, reply, pause, clock);
    };
  }

  private static Responder jira(
      ProviderValues values, String token, String reply, Pause pause, InstantSource clock) {
    values.required(ProviderKey.API);
    String user = values.text(ProviderKey.USER);
    String basic =
        Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Authorization", user == null ? "Bearer " + token : "Basic " + basic);
    boolean dataCenter = values.text(ProviderKey.API_VERSION, "3").equals("2");
    return new JiraComment(api(values, "", headers, pause, clock), dataCenter, reply);
  }

  private static Api api(
      ProviderValues values,
      String byDefault,
      Map<String, String> headers,
      Pause pause,
      InstantSource clock) {
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
