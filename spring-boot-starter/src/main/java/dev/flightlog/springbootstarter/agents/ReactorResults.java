package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.Execution;
import dev.flightlog.recorder.agents.ResultAdapter;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Results that are Reactor's: what is subscribed to keeps its type and its subscriber's context.
 */
final class ReactorResults implements ResultAdapter {
  @Override
  public boolean adapts(Class<?> resultType) {
    return resultType == Mono.class || resultType == Flux.class;
  }

  @Override
  public boolean isLazy() {
    return true;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object watch(Object result, AgentCall call) {
    return result instanceof Mono<?>
        ? new RecordedMono<>((Mono<Object>) result, call)
        : new RecordedFlux<>((Flux<Object>) result, call);
  }

  private static final class RecordedMono<T> extends Mono<T> {
    private final Mono<T> source;
    private final AgentCall call;

    RecordedMono(Mono<T> source, AgentCall call) {
      this.source = source;
      this.call = call;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
      Execution execution = call.start();
      call.within(() -> source.subscribe(new Watching<>(subscriber, execution)));
    }
  }

  private static final class RecordedFlux<T> extends Flux<T> {
    private final Flux<T> source;
    private final AgentCall call;

    RecordedFlux(Flux<T> source, AgentCall call) {
      this.source = source;
      this.call = call;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
      Execution execution = call.start();
      call.within(() -> source.subscribe(new Watching<>(subscriber, execution)));
    }
  }

  private static final class Watching<T> implements CoreSubscriber<T>, Subscription {
    private final CoreSubscriber<? super T> subscriber;
    private final Execution execution;
    private volatile @org.jspecify.annotations.Nullable Subscription subscription;

    Watching(CoreSubscriber<? super T> subscriber, Execution execution) {
      this.subscriber = subscriber;
      this.execution = execution;
    }

    @Override
    public Context currentContext() {
      return subscriber.currentContext();
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      subscriber.onSubscribe(this);
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

    @Override
    public void request(long most) {
      Subscription to = subscription;
      if (to != null) {
        to.request(most);
      }
    }

    @Override
    public void cancel() {
      Subscription to = subscription;
      execution.cancelled();
      if (to != null) {
        to.cancel();
      }
    }
  }
}
