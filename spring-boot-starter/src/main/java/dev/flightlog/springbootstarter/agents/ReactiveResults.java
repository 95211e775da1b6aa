package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.Execution;
import dev.flightlog.recorder.agents.ResultAdapter;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
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
    return subscriber -> {
      if (subscriber == null) {
        source.subscribe(null);
        return;
      }
      Execution execution = call.start();
      call.within(() -> source.subscribe(new Watching<>(subscriber, execution)));
    };
  }

  private record Watching<T>(Subscriber<? super T> subscriber, Execution execution)
      implements Subscriber<T> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long most) {
              subscription.request(most);
            }

            @Override
            public void cancel() {
              execution.cancelled();
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(T item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable error) {
      execution.failed(error);
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      execution.finished();
      subscriber.onComplete();
    }
  }
}
