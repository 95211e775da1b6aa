package dev.flightlog.learning.hooks;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.learning.hooks.JsonPlaces.Member;
import dev.flightlog.learning.hooks.JsonPlaces.Range;
import dev.flightlog.learning.instructions.ForeignFile;
import dev.flightlog.learning.instructions.InstructionFile;
import dev.flightlog.learning.instructions.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A settings file of an agent with our entries in it, or without them. Entries of others and every
 * other byte stay as they are. What would be changed is only planned here; see {@link Plan}.
 */
public final class HookSettings {
  private static final String EMPTY = "{}\n";

  /** Where a system's owner forbids hooks for all its users. */
  public static final List<Path> MANAGED =
      List.of(
          Path.of("/etc/claude-code/managed-settings.json"),
          Path.of("/Library/Application Support/ClaudeCode/managed-settings.json"));

  private final Path file;
  private final WantedSettings wanted;
  private final List<Path> managed;

  /**
   * @param file need not exist
   * @param managed settings that hold for everybody and may turn hooks off
   */
  public HookSettings(Path file, WantedSettings wanted, List<Path> managed) {
    this.file = file.toAbsolutePath().normalize();
    this.wanted = wanted;
    this.managed = List.copyOf(managed);
  }

  /** The file with our hooks; a missing one is one without settings. */
  public Plan withHooks() throws IOException {
    for (Path each : managed) {
      Optional<String> forbidden = forbidden(each);
      if (forbidden.isPresent()) {
        return new Plan.Refused(forbidden.get());
      }
    }
    return planned(true);
  }

  /** The file without our hooks. */
  public Plan withoutHooks() throws IOException {
    return planned(false);
  }

  /** Whether all our hooks are in the file. */
  public boolean hasHooks() throws IOException {
    return Files.isReadable(file)
        && planned(true) instanceof Plan.Change change
        && change.isEmpty();
  }

  private Plan planned(boolean hooks) throws IOException {
    return switch (ForeignFile.of(file)) {
      case ForeignFile.Refused refused -> new Plan.Refused(refused.reason());
      case ForeignFile.Missing missing ->
          edited(file, new byte[0], EMPTY.getBytes(StandardCharsets.UTF_8), hooks);
      case ForeignFile.Read read ->
          edited(
              read.target(),
              read.bytes(),
              new String(read.bytes(), StandardCharsets.UTF_8).isBlank()
                  ? EMPTY.getBytes(StandardCharsets.UTF_8)
                  : read.bytes(),
              hooks);
    };
  }

  private Plan edited(Path target, byte[] before, byte[] settings, boolean ours) {
    if (!ForeignFile.isUtf8(settings)) {
      return refused("it is not valid UTF-8: save it as UTF-8 and try again");
    }
    try {
      byte[] after = settings;
      if (!ours) {
        for (WantedSettings.Group group : wanted.groups()) {
          after = withoutGroup(after, group);
        }
        after = members().without(after);
        return new Plan.Change(target, before, after == settings ? before : after);
      }
      for (WantedSettings.Group group : wanted.groups()) {
        after = withGroup(after, group);
      }
      return new Plan.Change(target, before, members().with(after));
    } catch (JsonException e) {
      return refused("it is not JSON: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private WantedMembers members() {
    return new WantedMembers(wanted);
  }

  /**
   * The entries beside the hooks that others have set to something else, by name; then none of ours
   * is written there.
   */
  public List<String> leftToOthers() throws IOException {
    return ForeignFile.of(file) instanceof ForeignFile.Read read
        ? members().leftToOthers(read.bytes())
        : List.of();
  }

  private Plan refused(String reason) {
    return new Plan.Refused(file + " was left alone: " + reason);
  }

  private Optional<String> forbidden(Path managed) throws IOException {
    if (!Files.isReadable(managed)) {
      return Optional.empty();
    }
    JsonPlaces places = new JsonPlaces(Files.readAllBytes(managed));
    try {
      Range whole = places.whole();
      if (wanted.groups().stream().anyMatch(WantedSettings.Group::isHttp)
          && places.isObject(whole)
          && places.member(whole, "allowedHttpHookUrls").isPresent()) {
        return Optional.of(
            "which addresses hooks may call is decided by allowedHttpHookUrls in "
                + managed
                + ": install without --http");
      }
      for (String key : List.of("allowManagedHooksOnly", "disableAllHooks")) {
        if (places.isObject(whole)
            && places.member(whole, key).filter(each -> places.isTrue(each.value())).isPresent()) {
          return Optional.of(
              "hooks of users are turned off on this machine by "
                  + key
                  + " in "
                  + managed
                  + ": ask whoever manages it");
        }
      }
    } catch (JsonException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private byte[] withGroup(byte[] settings, WantedSettings.Group group) {
    JsonPlaces places = new JsonPlaces(settings);
    Range top = object(places, places.whole(), "its value");
    if (places
        .member(top, "disableAllHooks")
        .filter(each -> places.isTrue(each.value()))
        .isPresent()) {
      throw new IllegalArgumentException(
          "it turns all hooks off (disableAllHooks): remove that and try again");
    }
    JsonLayout layout = JsonLayout.of(settings, top);
    Optional<Member> hooks = places.member(top, "hooks");
    if (hooks.isEmpty()) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put(group.event(), List.of(value(group)));
      return layout.withMember(top, places.members(top).isEmpty(), "hooks", value, 1);
    }
    Range all = object(places, hooks.get().value(), "hooks");
    Optional<Member> event = places.member(all, group.event());
    if (event.isEmpty()) {
      return layout.withMember(
          all, places.members(all).isEmpty(), group.event(), List.of(value(group)), 2);
    }
    Range array = event.get().value();
    if (!places.isArray(array)) {
      throw new IllegalArgumentException("hooks." + group.event() + " is no array");
    }
    List<Range> elements = places.elements(array);
    for (Range element : elements) {
      if (isOurs(places, element)) {
        return isSame(places, element, group)
            ? settings
            : layout.replaced(element, value(group), 3);
      }
    }
    return layout.withElement(array, elements.isEmpty(), value(group), 3);
  }

  private byte[] withoutGroup(byte[] settings, WantedSettings.Group group) {
    JsonPlaces places = new JsonPlaces(settings);
    Range top = object(places, places.whole(), "its value");
    Optional<Member> hooks = places.member(top, "hooks");
    if (hooks.isEmpty()) {
      return settings;
    }
    Range all = object(places, hooks.get().value(), "hooks");
    Optional<Member> event = places.member(all, group.event());
    if (event.isEmpty() || !places.isArray(event.get().value())) {
      return settings;
    }
    List<Range> elements = places.elements(event.get().value());
    List<Range> ours = elements.stream().filter(each -> isOurs(places, each)).toList();
    if (ours.isEmpty()) {
      return settings;
    }
    if (ours.size() < elements.size()) {
      return JsonLayout.without(settings, elements, ours);
    }
    List<Range> events = ranges(places.members(all));
    if (events.size() > 1) {
      return JsonLayout.without(settings, events, List.of(range(event.get())));
    }
    return JsonLayout.without(settings, ranges(places.members(top)), List.of(range(hooks.get())));
  }

  private static List<Range> ranges(List<Member> members) {
    return members.stream().map(HookSettings::range).toList();
  }

  private static Range range(Member member) {
    return new Range(member.from(), member.value().to());
  }

  private static Range object(JsonPlaces places, Range value, String what) {
    if (!places.isObject(value)) {
      throw new IllegalArgumentException(what + " is no object");
    }
    return value;
  }

  /** Whatever version of us wrote it. */
  private boolean isOurs(JsonPlaces places, Range element) {
    List<String> told = places.texts(element, "command");
    told.addAll(places.texts(element, "url"));
    return told.size() == 1 && wanted.isOurs(told.getFirst());
  }

  private static boolean isSame(JsonPlaces places, Range element, WantedSettings.Group group) {
    return places
        .texts(element, group.isHttp() ? "url" : "command")
        .equals(List.of(group.handler()));
  }

  private static Map<String, Object> value(WantedSettings.Group group) {
    Map<String, Object> handler = new LinkedHashMap<>();
    handler.put("type", group.isHttp() ? "http" : "command");
    handler.put(group.isHttp() ? "url" : "command", group.handler());
    handler.put("timeout", group.timeout());
    Map<String, Object> value = new LinkedHashMap<>();
    if (!group.matcher().isEmpty()) {
      value.put("matcher", group.matcher());
    }
    value.put("hooks", List.of(handler));
    return value;
  }

  /** Writes what was planned, also where there was no file; false when it has changed since. */
  public static boolean write(Plan.Change change) throws IOException {
    if (Files.exists(change.target())) {
      return InstructionFile.write(change);
    }
    Path folder = AtomicFile.folderOf(change.target());
    Files.createDirectories(folder);
    AtomicFile.write(change.target(), change.after());
    return true;
  }

  /** Bytes put into others. */
  static byte[] spliced(byte[] bytes, int from, int to, String middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle.getBytes(StandardCharsets.UTF_8));
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
