package dev.flightlog.learning.rules;

import java.util.Arrays;
import java.util.Optional;

/** Where a rule is in its life. */
public enum RuleState {
  /** Made from evidence; nobody has consented. */
  PROPOSED("proposed"),
  /** Shown to some sessions by chance, so that its effect can be measured. */
  TRIAL("trial"),
  /** Consented to: the next {@code apply} writes it. */
  ADOPTED("adopted"),
  /** Was adopted, and no longer is. */
  RETIRED("retired"),
  /** A person said no; it is never proposed again. */
  REJECTED("rejected");

  private final String wireName;

  RuleState(String wireName) {
    this.wireName = wireName;
  }

  /** As it is written in files and answers. */
  public String wireName() {
    return wireName;
  }

  static Optional<RuleState> named(String wireName) {
    return Arrays.stream(values()).filter(state -> state.wireName.equals(wireName)).findFirst();
  }

  /** Whether a rule may go from here to there. */
  boolean leadsTo(RuleState next) {
    return switch (this) {
      case PROPOSED -> next == TRIAL || next == ADOPTED || next == REJECTED;
      case TRIAL -> next == ADOPTED || next == REJECTED || next == RETIRED || next == PROPOSED;
      case ADOPTED -> next == RETIRED;
      case RETIRED -> next == ADOPTED || next == REJECTED;
      case REJECTED -> false;
    };
  }
}
