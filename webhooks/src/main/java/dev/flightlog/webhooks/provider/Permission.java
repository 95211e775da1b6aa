package dev.flightlog.webhooks.provider;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may give commands. On GitHub: who has one of the associations, or is on the list. Elsewhere
 * there are no associations, and an empty list means every member; guests of a Slack workspace and
 * customers of a Jira service desk must be on it. Immutable.
 */
public final class Permission {
  /** What counts on GitHub when nothing is configured. */
  public static final Set<String> TRUSTED = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  /** The association of somebody from outside, where membership is the rule. */
  static final String OUTSIDE = "outside";

  private final @Nullable Set<String> associations;
  private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private Permission(@Nullable Set<String> associations, Set<String> allowed) {
    this.associations = associations;
    this.allowed.addAll(allowed);
  }

  /** Of a provider that tells associations. */
  public static Permission byAssociation(Set<String> associations, Set<String> allowed) {
    Set<String> upper = new TreeSet<>();
    associations.forEach(each -> upper.add(each.toUpperCase(Locale.ROOT)));
    return new Permission(upper, allowed);
  }

  /** Of a provider whose users are members. */
  public static Permission ofMembers(Set<String> allowed) {
    return new Permission(null, allowed);
  }

  /** Why this speaker may not command, or null when he may. */
  public @Nullable String refusal(Speaker speaker) {
    if (!speaker.name().isEmpty() && allowed.contains(speaker.name())) {
      return null;
    }
    String association = speaker.association();
    if (associations != null) {
      return association != null && associations.contains(association)
          ? null
          : "author association "
              + (association == null ? "unknown" : association)
              + " may not give commands";
    }
    if (!allowed.isEmpty()) {
      return "not on the list of those who may give commands";
    }
    return OUTSIDE.equals(association) ? "from outside: may not give commands" : null;
  }
}
