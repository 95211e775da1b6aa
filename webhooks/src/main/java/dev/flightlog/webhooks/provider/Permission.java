package dev.flightlog.webhooks.provider;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may give commands. On GitHub: who has one of the associations, or is on the list, or is found
 * to be a member whose membership is private. Elsewhere there are no associations, and an empty
 * list means every member; guests of a Slack workspace and customers of a Jira service desk must be
 * on it. Immutable; blocks when the provider is asked.
 */
public final class Permission {
  /** What counts on GitHub when nothing is configured. */
  public static final Set<String> TRUSTED = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  /** The association of somebody from outside, where membership is the rule. */
  static final String OUTSIDE = "outside";

  /** Whether somebody may command. */
  public sealed interface Decision {
    /** Somebody may. */
    record Granted() implements Decision {}

    /** Somebody may not. */
    record Denied(String reason) implements Decision {}

    /** The provider could not be asked: a person has to decide. */
    record Undecided(String reason) implements Decision {}
  }

  private final Optional<Set<String>> associations;
  private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final MemberLookup members;

  private Permission(
      Optional<Set<String>> associations, Set<String> allowed, MemberLookup members) {
    this.associations = associations;
    this.allowed.addAll(allowed);
    this.members = members;
  }

  /** Of a provider that tells associations. */
  public static Permission byAssociation(
      Set<String> associations, Set<String> allowed, MemberLookup members) {
    Set<String> upper = new TreeSet<>();
    associations.forEach(each -> upper.add(each.toUpperCase(Locale.ROOT)));
    return new Permission(Optional.of(upper), allowed, members);
  }

  /** Of a provider whose users are members. */
  public static Permission ofMembers(Set<String> allowed) {
    return new Permission(Optional.empty(), allowed, MemberLookup.NONE);
  }

  /** Whether this speaker may command there. */
  public Decision of(Speaker speaker, Map<String, ? extends @Nullable Object> place) {
    if (!speaker.name().isEmpty() && allowed.contains(speaker.name())) {
      return new Decision.Granted();
    }
    if (associations.isPresent()) {
      return associated(speaker, associations.get(), place);
    }
    if (!allowed.isEmpty()) {
      return new Decision.Denied("not on the list of those who may give commands");
    }
    return speaker.association().equals(Optional.of(OUTSIDE))
        ? new Decision.Denied("from outside: may not give commands")
        : new Decision.Granted();
  }

  private Decision associated(
      Speaker speaker, Set<String> trusted, Map<String, ? extends @Nullable Object> place) {
    String association = speaker.association().orElse("unknown");
    if (trusted.contains(association)) {
      return new Decision.Granted();
    }
    String denied = "author association " + association + " may not give commands";
    boolean ask = speaker.mayBeHidden() && trusted.contains("MEMBER") && !speaker.name().isEmpty();
    if (!ask || !(place.get("repo") instanceof String repository)) {
      return new Decision.Denied(denied);
    }
    return switch (members.ask(repository, speaker.name())) {
      case MemberLookup.Standing.Trusted trustedThere -> new Decision.Granted();
      case MemberLookup.Standing.Stranger stranger ->
          new Decision.Denied(
              denied + "; a private membership was looked up: permission " + stranger.permission());
      case MemberLookup.Standing.Unknown unknown ->
          new Decision.Undecided(
              denied + "; a private membership could not be looked up: " + unknown.reason());
    };
  }
}
