package dev.flightlog.langchain4j;

import dev.flightlog.recorder.agents.AgentNames;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The methods of AI services, which LangChain4j tells by their names only. */
final class ServiceMethods {
  private record Key(String type, String method) {}

  private final Map<Key, Boolean> known = new ConcurrentHashMap<>();

  /** The agent of a service: its interface's simple name in snake case. */
  static String agent(String type) {
    Class<?> found = find(type);
    return found == null ? type.substring(type.lastIndexOf('.') + 1) : AgentNames.ofType(found);
  }

  /**
   * Whether calls of this method are over when it returns; false for streams and futures, and when
   * the interface cannot be found.
   */
  boolean endsOnItsThread(String type, String method) {
    return known.computeIfAbsent(new Key(type, method), ServiceMethods::look);
  }

  private static boolean look(Key key) {
    Class<?> type = find(key.type);
    if (type == null) {
      return false;
    }
    for (Method each : type.getMethods()) {
      if (each.getName().equals(key.method) && goesOn(each.getReturnType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean goesOn(Class<?> result) {
    return result.getName().equals("dev.langchain4j.service.TokenStream")
        || Future.class.isAssignableFrom(result)
        || CompletionStage.class.isAssignableFrom(result)
        || Flow.Publisher.class.isAssignableFrom(result)
        || isReactive(result);
  }

  /** Reactive Streams need not be there. */
  private static boolean isReactive(Class<?> result) {
    if (result.getName().equals("org.reactivestreams.Publisher")) {
      return true;
    }
    for (Class<?> parent : result.getInterfaces()) {
      if (isReactive(parent)) {
        return true;
      }
    }
    Class<?> above = result.getSuperclass();
    return above != null && isReactive(above);
  }

  private static @Nullable Class<?> find(String type) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(
          type, false, context == null ? ServiceMethods.class.getClassLoader() : context);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
