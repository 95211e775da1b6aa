package dev.flightlog.recorder.agents;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent behind a proxy of its interface, by which its executions are recorded. Everything that
 * can be looked up is looked up when the proxy is made. What the agent throws comes out as it is.
 *
 * <p>The proxy is of a class made for it ({@link RecordingClass}). Where none can be made, as for
 * interfaces of a module that is closed to us, it is one of Java's own proxies, which wraps a
 * checked exception that the interface does not declare.
 */
public final class InstrumentedAgent implements InvocationHandler {
  private static final MethodType SPREAD = MethodType.methodType(Object.class, Object[].class);

  /** How one method of the interface is called, and whether that is an agent's work. */
  private record Target(MethodHandle handle, @Nullable AgentMethod recorded) {
    @Nullable Object call(@Nullable Object @Nullable [] arguments) throws Throwable {
      return recorded == null
          ? (Object) handle.invokeExact(arguments)
          : recorded.call(arguments, () -> (Object) handle.invokeExact(arguments));
    }
  }

  /** Those of every object, which a proxy has anyway. */
  private static final Set<String> OF_OBJECT =
      Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;");

  private static final MethodHandle CALL = call();

  private static MethodHandle call() {
    try {
      return MethodHandles.lookup().findVirtual(Target.class, "call", SPREAD);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a class is not as it was compiled", e);
    }
  }

  private final ExecutionLog log;
  private final Object agent;
  private final Map<Method, Target> targets;

  private InstrumentedAgent(ExecutionLog log, Object agent, Map<Method, Target> targets) {
    this.log = log;
    this.agent = agent;
    this.targets = targets;
  }

  /**
   * The agent as an object of the interface that records its executions: of the methods with {@link
   * LogAgentExecution}, on the interface or on the agent's class; of all when none has it. An agent
   * that is instrumented with the same log already stays as it is.
   *
   * @throws IllegalArgumentException when the type is no interface whose calls can be recorded; the
   *     message says why, and what to do
   */
  public static <T> T of(ExecutionLog log, Class<T> type, T agent) {
    Objects.requireNonNull(agent, "agent");
    checkInterface(type);
    if (!type.isInstance(agent)) {
      throw new IllegalArgumentException(
          agent.getClass().getName() + " does not implement " + type.getName());
    }
    InstrumentedAgent known = within(agent);
    if (known != null && known.log == log) {
      return agent;
    }
    InstrumentedAgent instrumented = new InstrumentedAgent(log, agent, targets(log, type, agent));
    return type.cast(instrumented.proxy(type));
  }

  private Object proxy(Class<?> type) {
    Map<String, RecordingClass.Member> members = new LinkedHashMap<>();
    targets.forEach((method, target) -> {
      MethodType signature =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes());
      String key = method.getName() + signature.toMethodDescriptorString();
      if (!OF_OBJECT.contains(key)) {
        MethodHandle handle =
            CALL.bindTo(target)
                .asCollector(Object[].class, method.getParameterCount())
                .asType(signature);
        members.put(key, new RecordingClass.Member(method.getName(), handle));
      }
    });
    try {
      return RecordingClass.make(type, this, List.copyOf(members.values()));
    } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
      return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
    }
  }

  private static void checkInterface(Class<?> type) {
    String problem = null;
    if (!type.isInterface()) {
      problem =
          (Modifier.isFinal(type.getModifiers()) ? "a final class" : "a class")
              + ": name an interface that the agent implements";
    } else if (type.isAnnotation()) {
      problem = "an annotation: name an interface that the agent implements";
    } else if (type.isSealed()) {
      problem = "a sealed interface: remove 'sealed', or name an interface above it";
    } else if (type.isHidden()) {
      problem = "a hidden interface: name one that is declared in a source file";
    }
    if (problem != null) {
      throw new IllegalArgumentException(
          "the calls of " + type.getName() + " cannot be recorded, it is " + problem);
    }
  }

  private static Map<Method, Target> targets(ExecutionLog log, Class<?> type, Object agent) {
    Map<Method, String> names = new HashMap<>();
    for (Method method : type.getMethods()) {
      String name = AgentNames.annotated(method, agent.getClass());
      name = name == null ? AgentNames.annotated(method, type) : name;
      if (name != null) {
        names.put(method, name);
      }
    }
    Map<Method, Target> targets = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        String name = names.isEmpty() ? AgentNames.ofType(type) : names.get(method);
        AgentMethod recorded =
            name == null
                ? null
                : AgentMethod.of(log, name, ResultTypes.of(method, agent.getClass()), List.of());
        targets.put(method, new Target(handle(method, agent), recorded));
      }
    }
    return targets;
  }

  private static MethodHandle handle(Method method, Object agent) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asFixedArity()
          .bindTo(agent)
          .asSpreader(Object[].class, method.getParameterCount())
          .asType(SPREAD);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the calls of "
              + method.getDeclaringClass().getName()
              + " cannot be recorded, the interface is not accessible: make it public and export"
              + " its package, or open the package to dev.flightlog.recorder",
          e);
    }
  }

  private static @Nullable InstrumentedAgent within(@Nullable Object object) {
    if (object instanceof RecordedAgent recorded) {
      return recorded.instrumented();
    }
    return object != null
            && Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof InstrumentedAgent known
        ? known
        : null;
  }

  Object agent() {
    return agent;
  }

  /** Equal are the proxies of equal agents. */
  boolean isEqual(@Nullable Object other) {
    InstrumentedAgent that = within(other);
    return agent.equals(that == null ? other : that.agent);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Target target = targets.get(method);
    return target == null ? ofObject(method, arguments) : target.call(arguments);
  }

  private Object ofObject(Method method, @Nullable Object @Nullable [] arguments) {
    switch (method.getName()) {
      case "hashCode":
        return agent.hashCode();
      case "toString":
        return String.valueOf(agent);
      default:
        return isEqual(arguments == null ? null : arguments[0]);
    }
  }
}
