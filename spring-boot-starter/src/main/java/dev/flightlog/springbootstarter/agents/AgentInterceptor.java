package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.AgentMethod;
import dev.flightlog.recorder.agents.AgentNames;
import dev.flightlog.recorder.agents.ResultAdapter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

/** Records the calls that pass through Spring's proxies. */
final class AgentInterceptor implements MethodInterceptor {
  private record Key(Method method, Class<?> type) {}

  private final ObjectProvider<FlightRecorder> recorder;
  private final List<ResultAdapter> adapters = adapters();
  private final Map<Key, AgentMethod> methods = new ConcurrentHashMap<>();

  /**
   * @param recorder asked for at the first call, so that it is not made before other beans
   */
  AgentInterceptor(ObjectProvider<FlightRecorder> recorder) {
    this.recorder = recorder;
  }

  private static List<ResultAdapter> adapters() {
    List<ResultAdapter> found = new ArrayList<>();
    ClassLoader loader = AgentInterceptor.class.getClassLoader();
    if (ClassUtils.isPresent("reactor.core.publisher.Mono", loader)) {
      found.add(new ReactorResults());
    }
    if (ClassUtils.isPresent("org.reactivestreams.Publisher", loader)) {
      found.add(new ReactiveResults());
    }
    return List.copyOf(found);
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Object target = invocation.getThis();
    Method method = invocation.getMethod();
    Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
    return methods
        .computeIfAbsent(new Key(method, type), this::prepared)
        .call(invocation.getArguments(), invocation::proceed);
  }

  private AgentMethod prepared(Key key) {
    Class<?> type = ClassUtils.getUserClass(key.type);
    Method own = AopUtils.getMostSpecificMethod(key.method, type);
    String agent = AgentNames.annotated(own, type);
    return AgentMethod.of(
        recorder.getObject().executions(),
        agent == null ? AgentNames.ofType(type) : agent,
        own.getReturnType(),
        adapters);
  }
}
