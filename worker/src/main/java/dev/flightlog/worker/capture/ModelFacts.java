package dev.flightlog.worker.capture;

/** What is known of models from outside: prices and context windows. Safe for any thread. */
public interface ModelFacts {
  /** Nothing is known. */
  ModelFacts NONE =
      new ModelFacts() {
        @Override
        public double costUsd(String model, TokenUsage usage) {
          return Double.NaN;
        }

        @Override
        public long contextWindow(String model, long tokens) {
          return 0;
        }
      };

  /** What one answer cost; not a number when the model has no known price. */
  double costUsd(String model, TokenUsage usage);

  /** The tokens that the model's context window holds, given that it held so many; 0: unknown. */
  long contextWindow(String model, long tokens);
}
