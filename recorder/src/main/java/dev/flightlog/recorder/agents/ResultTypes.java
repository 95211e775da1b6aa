package dev.flightlog.recorder.agents;

import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;

/** What a generic method returns, as the agent's class has it. */
final class ResultTypes {
  private ResultTypes() {}

  /**
   * The result type of the interface's method; where that is a type variable, of the method that
   * the class puts in its place. An instance of a lambda's class tells none.
   */
  static Class<?> of(Method method, Class<?> agent) {
    Class<?> declared = method.getReturnType();
    if (!(method.getGenericReturnType() instanceof TypeVariable<?>)) {
      return declared;
    }
    for (Method each : agent.getMethods()) {
      if (each.getName().equals(method.getName())
          && !each.isBridge()
          && declared.isAssignableFrom(each.getReturnType())
          && fits(each, method)) {
        return each.getGenericReturnType() instanceof TypeVariable<?>
            ? declared
            : each.getReturnType();
      }
    }
    return declared;
  }

  private static boolean fits(Method each, Method method) {
    Class<?>[] own = each.getParameterTypes();
    Class<?>[] general = method.getParameterTypes();
    if (own.length != general.length) {
      return false;
    }
    for (int i = 0; i < own.length; i++) {
      if (!general[i].isAssignableFrom(own[i])) {
        return false;
      }
    }
    return true;
  }
}
