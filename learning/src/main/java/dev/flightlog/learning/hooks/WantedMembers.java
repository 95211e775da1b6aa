package dev.flightlog.learning.hooks;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.hooks.JsonPlaces.Member;
import dev.flightlog.learning.hooks.JsonPlaces.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our entries of settings beside the hooks: telemetry, a status line. Stateless. */
record WantedMembers(WantedSettings wanted) {
  private static final String ENV = "env";

  /** Names by which telemetry is set; where others have one, all is left to them. */
  private static boolean isTelemetry(String key) {
    return key.startsWith("OTEL_") || key.equals("CLAUDE_CODE_ENABLE_TELEMETRY");
  }

  /** What others have set to something else. */
  List<String> leftToOthers(byte[] settings) {
    List<String> names = new ArrayList<>();
    try {
      JsonPlaces places = new JsonPlaces(settings);
      Range top = places.whole();
      if (!places.isObject(top)) {
        return List.of();
      }
      if (!wanted.environment().isEmpty()) {
        names.addAll(foreign(places, top));
      }
      for (Map.Entry<String, Object> each : wanted.members().entrySet()) {
        Optional<Member> there = places.member(top, each.getKey());
        if (there.isPresent() && !isSame(settings, there.get().value(), each.getValue())) {
          names.add(each.getKey());
        }
      }
      return names;
    } catch (JsonException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private List<String> foreign(JsonPlaces places, Range top) {
    Optional<Member> env = places.member(top, ENV);
    if (env.isEmpty()) {
      return List.of();
    }
    if (!places.isObject(env.get().value())) {
      throw new IllegalArgumentException(ENV + " is no object");
    }
    List<String> names = new ArrayList<>();
    for (Member each : places.members(env.get().value())) {
      String ours = wanted.environment().get(each.key());
      if (isTelemetry(each.key()) && (ours == null || !isSame(places, each.value(), ours))) {
        names.add(ENV + "." + each.key());
      }
    }
    return names;
  }

  private static boolean isSame(JsonPlaces places, Range value, Object ours) {
    return isSame(places.bytes(), value, ours);
  }

  private static boolean isSame(byte[] bytes, Range value, Object ours) {
    Object there = new JsonReader().reset(bytes, value.from(), value.to()).value();
    return new JsonWriter().value(there).toString().equals(new JsonWriter().value(ours).toString());
  }

  byte[] with(byte[] settings) {
    byte[] after = settings;
    JsonPlaces places = new JsonPlaces(after);
    Range top = places.whole();
    if (!wanted.environment().isEmpty() && foreign(places, top).isEmpty()) {
      for (Map.Entry<String, String> each : wanted.environment().entrySet()) {
        after = withEnvironment(after, each.getKey(), each.getValue());
      }
    }
    for (Map.Entry<String, Object> each : wanted.members().entrySet()) {
      places = new JsonPlaces(after);
      top = places.whole();
      if (places.member(top, each.getKey()).isEmpty()) {
        after =
            JsonLayout.of(after, top)
                .withMember(top, places.members(top).isEmpty(), each.getKey(), each.getValue(), 1);
      }
    }
    return after;
  }

  private static byte[] withEnvironment(byte[] settings, String key, String value) {
    JsonPlaces places = new JsonPlaces(settings);
    Range top = places.whole();
    JsonLayout layout = JsonLayout.of(settings, top);
    Optional<Member> env = places.member(top, ENV);
    if (env.isEmpty()) {
      return layout.withMember(top, places.members(top).isEmpty(), ENV, Map.of(key, value), 1);
    }
    Range all = env.get().value();
    return places.member(all, key).isPresent()
        ? settings
        : layout.withMember(all, places.members(all).isEmpty(), key, value, 2);
  }

  byte[] without(byte[] settings) {
    byte[] after = settings;
    for (Map.Entry<String, String> each : wanted.environment().entrySet()) {
      after = withoutEnvironment(after, each.getKey(), each.getValue());
    }
    for (Map.Entry<String, Object> each : wanted.members().entrySet()) {
      JsonPlaces places = new JsonPlaces(after);
      Range top = places.whole();
      Optional<Member> there =
          places.isObject(top) ? places.member(top, each.getKey()) : Optional.empty();
      if (there.isPresent() && isSame(after, there.get().value(), each.getValue())) {
        after = gone(after, places.members(top), there.get());
      }
    }
    return Arrays.equals(after, settings) ? settings : after;
  }

  private static byte[] withoutEnvironment(byte[] settings, String key, String value) {
    JsonPlaces places = new JsonPlaces(settings);
    Range top = places.whole();
    Optional<Member> env = places.isObject(top) ? places.member(top, ENV) : Optional.empty();
    if (env.isEmpty() || !places.isObject(env.get().value())) {
      return settings;
    }
    List<Member> all = places.members(env.get().value());
    Optional<Member> there = places.member(env.get().value(), key);
    if (there.isEmpty() || !isSame(settings, there.get().value(), value)) {
      return settings;
    }
    return all.size() > 1
        ? gone(settings, all, there.get())
        : gone(settings, places.members(top), env.get());
  }

  private static byte[] gone(byte[] settings, List<Member> all, Member member) {
    List<Range> ranges =
        all.stream().map(each -> new Range(each.from(), each.value().to())).toList();
    return JsonLayout.without(
        settings, ranges, List.of(new Range(member.from(), member.value().to())));
  }
}
