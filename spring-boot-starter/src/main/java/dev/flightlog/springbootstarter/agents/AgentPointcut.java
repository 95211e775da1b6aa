package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.agents.AgentNames;
import dev.flightlog.recorder.agents.LogAgentExecution;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Methods with {@code @LogAgentExecution}: on themselves, on what they implement, or on their type.
 * What has the annotation and cannot be proxied is told once, as a warning.
 */
final class AgentPointcut extends StaticMethodMatcherPointcut {
  private static final Logger LOG = LoggerFactory.getLogger(AgentPointcut.class);

  private final Consumer<String> warnings;
  private final Map<Class<?>, Boolean> candidates = new ConcurrentHashMap<>();
  private final Set<Object> told = ConcurrentHashMap.newKeySet();

  AgentPointcut() {
    this(LOG::warn);
  }

  /**
   * @param warnings takes what cannot be recorded, and why
   */
  AgentPointcut(Consumer<String> warnings) {
    this.warnings = warnings;
    setClassFilter(type -> candidates.computeIfAbsent(type, this::isCandidate));
  }

  @Override
  public boolean matches(Method method, Class<?> type) {
    return method.getDeclaringClass() != Object.class
        && !method.isSynthetic()
        && Modifier.isPublic(method.getModifiers())
        && AgentNames.annotated(method, type) != null;
  }

  private boolean isCandidate(Class<?> type) {
    if (!AnnotationUtils.isCandidateClass(type, LogAgentExecution.class) || !isAnnotated(type)) {
      return false;
    }
    if (Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type) && !type.isHidden()) {
      if (told.add(type)) {
        warnings.accept(
            "The executions of "
                + type.getName()
                + " are not recorded: the class is final, so that Spring cannot put a proxy before"
                + " it. Remove 'final' (records and Kotlin classes are final, too), or pass the"
                + " object through FlightRecorder.instrument.");
      }
      return false;
    }
    for (Method method : type.getDeclaredMethods()) {
      tellUnreachable(method, type);
    }
    return true;
  }

  /** Whether any method of the class, or of what it extends and implements, is an agent's. */
  private static boolean isAnnotated(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() != Object.class
          && AgentNames.annotated(method, type) != null) {
        return true;
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(LogAgentExecution.class)) {
        return true;
      }
    }
    return false;
  }

  private void tellUnreachable(Method method, Class<?> type) {
    int modifiers = method.getModifiers();
    String why =
        Modifier.isFinal(modifiers)
            ? "final"
            : Modifier.isStatic(modifiers)
                ? "static"
                : Modifier.isPublic(modifiers) ? null : "not public";
    if (why != null
        && !method.isSynthetic()
        && method.isAnnotationPresent(LogAgentExecution.class)
        && told.add(method)) {
      warnings.accept(
          "The executions of "
              + type.getName()
              + "."
              + method.getName()
              + " are not recorded: the method is "
              + why
              + ", so that no call of it passes through Spring's proxy. Make it a public method"
              + " that is neither final nor static.");
    }
  }
}
