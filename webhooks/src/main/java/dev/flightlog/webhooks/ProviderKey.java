package dev.flightlog.webhooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key of a provider in {@code config.json}, below {@code webhooks.<provider>}, defined once.
 * Each can come from the environment instead: {@code webhooks.github.secret} is {@code
 * FLIGHTLOG_WEBHOOKS_GITHUB_SECRET}; lists and maps are then written {@code a,b} and {@code
 * k=v,k=v}.
 */
public enum ProviderKey {
  SECRET(Kind.TEXT, "what requests are signed with; without one there is no such route"),
  BOT(Kind.TEXT, "the bot's name: its login on GitHub, @name in patterns; default bot"),
  BOT_IDS(Kind.LIST, "ids that are the bot: Slack user ids, Jira account ids"),
  PATTERNS(Kind.LIST, "patterns of commands, each with a group named command"),
  LABELS(Kind.MAP, "label to command"),
  ASSOCIATIONS(Kind.LIST, "GitHub: who may command; default OWNER, MEMBER, COLLABORATOR"),
  ALLOW(Kind.LIST, "logins or ids that may command besides, or elsewhere only these"),
  AGENT(Kind.TEXT, "the agent that handles commands"),
  AGENTS(Kind.MAP, "command to agent, where it is another one"),
  RESPONSE(Kind.TEXT, "reaction, reply, comment or none"),
  REPLY(Kind.TEXT, "the text of a reply or comment"),
  API(Kind.TEXT, "base address of the provider's API"),
  API_VERSION(Kind.TEXT, "Jira: 3 for Cloud, 2 for Data Center"),
  USER(Kind.TEXT, "Jira Cloud: the e-mail address that the token belongs to"),
  TOKEN(Kind.TEXT, "the token for the provider's API"),
  SIGNATURE_HEADER(Kind.TEXT, "other providers: the header of the signature"),
  SCHEME(Kind.TEXT, "other providers: how it is written"),
  TIMESTAMP_HEADER(Kind.TEXT, "other providers: the header of the signed time"),
  ID_HEADER(Kind.TEXT, "other providers: the header of the delivery's id"),
  ID_POINTER(Kind.TEXT, "other providers: where the id stands in the body"),
  EVENT_HEADER(Kind.TEXT, "other providers: the header of the event's name"),
  EVENT_POINTER(Kind.TEXT, "other providers: where the event's name stands"),
  TEXT_POINTER(Kind.TEXT, "other providers: where the text stands"),
  AUTHOR_POINTER(Kind.TEXT, "other providers: where the author's name stands");

  enum Kind {
    TEXT,
    LIST,
    MAP
  }

  private final Kind kind;
  private final String meaning;

  ProviderKey(Kind kind, String meaning) {
    this.kind = kind;
    this.meaning = meaning;
  }

  Kind kind() {
    return kind;
  }

  /** The last part of the setting's name. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }

  /** The name of the environment variable for this provider. */
  public String variable(String provider) {
    return "FLIGHTLOG_WEBHOOKS_"
        + provider.toUpperCase(Locale.ROOT).replace('-', '_')
        + "_"
        + name();
  }

  static Optional<ProviderKey> named(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
