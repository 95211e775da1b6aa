package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.FlowPublishers;
import dev.flightlog.recorder.agents.ResultAdapter;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/** Results of every other reactive library that Spring knows: RxJava, Mutiny, Reactive Streams. */
final class ReactiveResults implements ResultAdapter {
  private static @Nullable ReactiveAdapter adapter(Class<?> type) {
    return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
  }

  @Override
  public boolean adapts(Class<?> resultType) {
    return !CompletionStage.class.isAssignableFrom(resultType)
        && !Flow.Publisher.class.isAssignableFrom(resultType)
        && (resultType == Publisher.class || adapter(resultType) != null);
  }

  @Override
  public boolean isLazy() {
    return true;
  }

  @Override
  public Object watch(Object result, AgentCall call) {
    ReactiveAdapter adapter = adapter(result.getClass());
    if (adapter == null) {
      return result instanceof Publisher<?> publisher ? watched(publisher, call) : result;
    }
    return adapter.fromPublisher(watched(adapter.toPublisher(result), call));
  }

  private static <T> Publisher<T> watched(Publisher<T> source, AgentCall call) {
    return FlowAdapters.toPublisher(
        FlowPublishers.watched(FlowAdapters.toFlowPublisher(source), call));
  }
}
