package dev.flightlog.recorder.agents;

import java.util.concurrent.Flow;

/**
 * Results that are publishers of the platform; those of other libraries become such, and are
 * watched here, too. For any thread.
 */
public final class FlowPublishers implements ResultAdapter {
  FlowPublishers() {}

  @Override
  public boolean adapts(Class<?> resultType) {
    return resultType == Flow.Publisher.class;
  }

  @Override
  public boolean isLazy() {
    return true;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object watch(Object result, AgentCall call) {
    return watched((Flow.Publisher<Object>) result, call);
  }

  /** The publisher, with one execution of the call for each subscription. */
  public static <T> Flow.Publisher<T> watched(Flow.Publisher<T> source, AgentCall call) {
    return subscriber -> {
      if (subscriber == null) {
        source.subscribe(null);
        return;
      }
      Execution execution = call.start();
      call.within(() -> source.subscribe(new Watching<>(subscriber, execution)));
    };
  }

  private record Watching<T>(Flow.Subscriber<? super T> subscriber, Execution execution)
      implements Flow.Subscriber<T> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
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
