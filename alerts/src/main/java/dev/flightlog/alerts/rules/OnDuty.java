package dev.flightlog.alerts.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A rule about what many machines share, of which one server tells people. */
public final class OnDuty implements Rule {
  private final Rule rule;
  private final BooleanSupplier duty;

  /**
   * @param duty whether it is for this server to tell now
   */
  public OnDuty(Rule rule, BooleanSupplier duty) {
    this.rule = rule;
    this.duty = duty;
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public Duration every() {
    return rule.every();
  }

  @Override
  public List<Condition> look(Moment moment) {
    return duty.getAsBoolean() ? rule.look(moment) : List.of();
  }
}
