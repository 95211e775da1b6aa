package dev.flightlog.recorder.agents;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which agent a method belongs to. */
public final class AgentNames {
  private AgentNames() {}

  /**
   * The agent by the first annotation among the method, the type, and what they override and
   * implement; null when there is none.
   */
  public static @Nullable String annotated(Method method, Class<?> type) {
    String named = ofMethods(method, type);
    return named == null ? ofTypes(type) : named;
  }

  /** {@code research_agent} for {@code ResearchAgent}. */
  public static String ofType(Class<?> type) {
    String name = type.getSimpleName();
    return name.isEmpty()
        ? "agent"
        : name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
            .toLowerCase(Locale.ROOT);
  }

  private static @Nullable String ofMethods(Method method, Class<?> type) {
    String found = named(method, method.getDeclaringClass());
    for (Class<?> at = type; at != null && found == null; at = at.getSuperclass()) {
      found = declared(method, at);
      for (Class<?> parent : at.getInterfaces()) {
        found = found == null ? ofMethods(method, parent) : found;
      }
    }
    return found;
  }

  private static @Nullable String declared(Method method, Class<?> type) {
    for (Method each : type.getDeclaredMethods()) {
      if (each.getName().equals(method.getName()) && overrides(each, method)) {
        String found = named(each, type);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** With the types of a generic method, which its implementation narrows. */
  private static boolean overrides(Method each, Method method) {
    Class<?>[] own = each.getParameterTypes();
    Class<?>[] general = method.getParameterTypes();
    boolean fits = own.length == general.length;
    for (int i = 0; fits && i < own.length; i++) {
      fits = general[i].isAssignableFrom(own[i]) || own[i].isAssignableFrom(general[i]);
    }
    return fits;
  }

  private static @Nullable String ofTypes(Class<?> type) {
    String found = null;
    for (Class<?> at = type; at != null && found == null; at = at.getSuperclass()) {
      found = named(at, at);
      for (Class<?> parent : at.getInterfaces()) {
        found = found == null ? ofTypes(parent) : found;
      }
    }
    return found;
  }

  private static @Nullable String named(AnnotatedElement element, Class<?> type) {
    LogAgentExecution annotation = element.getAnnotation(LogAgentExecution.class);
    if (annotation == null) {
      return null;
    }
    return annotation.value().isBlank() ? ofType(type) : annotation.value();
  }
}
