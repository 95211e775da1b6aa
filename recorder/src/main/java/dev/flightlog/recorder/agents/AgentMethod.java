package dev.flightlog.recorder.agents;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A method whose executions are recorded as an agent's, whoever intercepts it. What it returns and
 * throws reaches the caller as it is. For any thread.
 */
public final class AgentMethod {
  private static final ResultAdapter FLOW = new FlowPublishers();

  /** The intercepted method itself. */
  @FunctionalInterface
  public interface Invocation {
    @Nullable Object proceed() throws Throwable;
  }

  private final ExecutionLog log;
  private final String agent;
  private final @Nullable ResultAdapter adapter;
  private final boolean replacesStages;

  private AgentMethod(
      ExecutionLog log, String agent, @Nullable ResultAdapter adapter, boolean replacesStages) {
    this.log = log;
    this.agent = agent;
    this.adapter = adapter;
    this.replacesStages = replacesStages;
  }

  /**
   * @param resultType what the method returns, as exactly as it is known
   * @param adapters for types beyond those of the platform; the first that knows it is taken
   */
  public static AgentMethod of(
      ExecutionLog log, String agent, Class<?> resultType, List<ResultAdapter> adapters) {
    ResultAdapter known = FLOW.adapts(resultType) ? FLOW : null;
    for (ResultAdapter adapter : adapters) {
      if (known == null && adapter.adapts(resultType)) {
        known = adapter;
      }
    }
    return new AgentMethod(log, agent, known, CompletionStages.canReplace(resultType));
  }

  /** Calls the method, and records the execution. Throws what the method throws. */
  public @Nullable Object call(@Nullable Object @Nullable [] arguments, Invocation invocation)
      throws Throwable {
    AgentCall call = log.call(agent, arguments);
    try {
      return adapter != null && adapter.isLazy()
          ? assembled(call, adapter, invocation)
          : executed(call, invocation);
    } finally {
      call.leave();
    }
  }

  private @Nullable Object executed(AgentCall call, Invocation invocation) throws Throwable {
    Execution execution = call.start();
    Object result;
    try {
      result = invocation.proceed();
    } catch (Throwable e) {
      execution.failed(e);
      throw e;
    }
    if (result == null) {
      execution.finished();
      return null;
    }
    if (adapter != null) {
      return adapter.watch(result, new Started(call, execution));
    }
    if (result instanceof CompletionStage<?> stage) {
      if (replacesStages || stage.getClass() == CompletableFuture.class) {
        return CompletionStages.replaced(stage, execution);
      }
      CompletionStages.listen(stage, execution);
    } else {
      execution.finished();
    }
    return result;
  }

  /** The method only describes the work, which starts when its result is subscribed to. */
  private static @Nullable Object assembled(
      AgentCall call, ResultAdapter adapter, Invocation invocation) throws Throwable {
    Object result;
    try {
      result = invocation.proceed();
    } catch (Throwable e) {
      call.start().failed(e);
      throw e;
    }
    if (result == null) {
      call.start().finished();
      return null;
    }
    return adapter.watch(result, call);
  }

  /** A call whose one execution has started already. */
  private record Started(AgentCall call, Execution execution) implements AgentCall {
    @Override
    public Execution start() {
      return execution;
    }

    @Override
    public void within(Runnable work) {
      call.within(work);
    }

    @Override
    public void leave() {
      call.leave();
    }
  }
}
