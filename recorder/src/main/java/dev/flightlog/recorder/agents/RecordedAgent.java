package dev.flightlog.recorder.agents;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the classes extend that are made at run time to stand before an agent. Equal are those of
 * equal agents. Nobody else extends it.
 */
public abstract class RecordedAgent {
  private final InstrumentedAgent instrumented;

  protected RecordedAgent(InstrumentedAgent instrumented) {
    this.instrumented = Objects.requireNonNull(instrumented);
  }

  final InstrumentedAgent instrumented() {
    return instrumented;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return instrumented.isEqual(other);
  }

  @Override
  public final int hashCode() {
    return instrumented.agent().hashCode();
  }

  @Override
  public final String toString() {
    return String.valueOf(instrumented.agent());
  }
}
