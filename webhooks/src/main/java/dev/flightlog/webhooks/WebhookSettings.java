package dev.flightlog.webhooks;

import com.fasterxml.jackson.core.JsonPointer;
import dev.flightlog.webhooks.command.CommandPatterns;
import dev.flightlog.webhooks.provider.ConfiguredProvider;
import dev.flightlog.webhooks.provider.GitHub;
import dev.flightlog.webhooks.provider.Jira;
import dev.flightlog.webhooks.provider.Permission;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.provider.ProviderCommands;
import dev.flightlog.webhooks.provider.Slack;
import dev.flightlog.webhooks.response.Pause;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.signature.Form;
import dev.flightlog.webhooks.signature.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The providers that the settings name, and how each is answered. Immutable.
 *
 * @param providers only those that have a secret
 * @param notices what a person should know, although it is no mistake
 */
public record WebhookSettings(
    List<Provider> providers, Map<String, Responder> responders, List<String> notices) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

  public WebhookSettings {
    providers = List.copyOf(providers);
    responders = Map.copyOf(responders);
    notices = List.copyOf(notices);
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
    List<String> notices = new ArrayList<>();
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
      Optional<String> secret = values.secret();
      if (secret.isPresent()) {
        Responders made = new Responders(name, values, pause, clock);
        providers.add(provider(name, secret.get(), values, made));
        responders.put(name, made.responder());
        values.notice().ifPresent(notices::add);
      }
    }
    return new WebhookSettings(providers, responders, notices);
  }

  /** The provider of this name, when it has a secret. */
  public Optional<Provider> provider(String name) {
    return providers.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** How that provider is answered; those that are not described are not. */
  public Responder responder(String provider) {
    return responders.getOrDefault(provider, Responder.NONE);
  }

  private static Provider provider(
      String name, String secret, ProviderValues values, Responders responders) {
    ProviderCommands commands = commands(name, values, responders);
    return switch (name) {
      case "github" -> new GitHub(secret, commands);
      case "slack" -> new Slack(secret, commands);
      case "jira" -> new Jira(secret, commands);
      default -> configured(name, secret, commands, values);
    };
  }

  /**
   * The name by which people mention the bot: GitHub shows an App as {@code name[bot]}, and takes
   * {@code @name}.
   */
  private static String bot(String name, ProviderValues values) {
    String told = values.text(ProviderKey.BOT, "bot").strip();
    String bot = told.startsWith("@") ? told.substring(1) : told;
    if (!name.equals("github")) {
      return bot;
    }
    bot = bot.replaceFirst("(?i)\\[bot]$", "");
    if (!LOGIN.matcher(bot).matches()) {
      throw values.wrong(
          ProviderKey.BOT,
          "is the login by which people mention it, without blanks, not \"" + told + "\"");
    }
    return bot;
  }

  private static ProviderCommands commands(
      String name, ProviderValues values, Responders responders) {
    String bot = bot(name, values);
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
                allowed,
                responders.members())
            : Permission.ofMembers(allowed);
    return new ProviderCommands(
        bot,
        values.list(ProviderKey.BOT_IDS, List.of()),
        patterns,
        values.map(ProviderKey.LABELS),
        permission,
        values.map(ProviderKey.AGENTS),
        values.text(ProviderKey.AGENT).orElse(null));
  }

  private static Provider configured(
      String name, String secret, ProviderCommands commands, ProviderValues values) {
    String scheme = values.required(ProviderKey.SCHEME);
    Form form =
        Form.of(scheme)
            .orElseThrow(() ->
                values.wrong(
                    ProviderKey.SCHEME,
                    "is one of "
                        + String.join(", ", Arrays.stream(Form.values()).map(Form::word).toList())
                        + ", not \""
                        + scheme
                        + "\""));
    Signature signature;
    try {
      signature =
          Signature.of(
              values.required(ProviderKey.SIGNATURE_HEADER),
              form,
              values.text(ProviderKey.TIMESTAMP_HEADER).orElse(null),
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
            values.text(ProviderKey.ID_HEADER).orElse(null),
            pointer(values, ProviderKey.ID_POINTER),
            values.text(ProviderKey.EVENT_HEADER).orElse(null),
            pointer(values, ProviderKey.EVENT_POINTER),
            text == null ? JsonPointer.empty() : text,
            author));
  }

  private static @Nullable JsonPointer pointer(ProviderValues values, ProviderKey key) {
    Optional<String> text = values.text(key);
    try {
      return text.map(JsonPointer::compile).orElse(null);
    } catch (IllegalArgumentException e) {
      throw values.wrong(
          key, "is a JSON pointer such as /comment/id, not \"" + text.orElse("") + "\"");
    }
  }
}
