package dev.flightlog.learning.exposure;

import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.trial.Arms;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * One drawing of sessions for one rule. Immutable.
 *
 * @param id of the rule and a number: the same rule may be tried again
 * @param rule the id of the rule
 * @param key secret, in hexadecimal digits; empty when it was lost, and then nothing more can be
 *     known
 * @param terms placement, delivery, trigger; the share is 1 when it stands for good
 * @param measure what is counted of a session
 * @param errorClasses the errors that are counted, as {@link Rule#errorClasses}
 * @param tools whose calls are the opportunities
 * @param program of a shell, whose calls are the opportunities; empty for every call of the tool
 * @param text as it is shown
 * @param tokens that the text costs
 * @param planned sessions after which there is a verdict, whatever it is
 */
public record Trial(
    String id,
    String rule,
    Purpose purpose,
    String key,
    Terms terms,
    Measure measure,
    SortedSet<String> errorClasses,
    SortedSet<String> tools,
    String program,
    String text,
    int tokens,
    Instant startedAt,
    int planned) {
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9 ._+/-]{0,80}");
  private static final int KEY_BYTES = 32;
  private static final SecureRandom KEYS = new SecureRandom();

  /** What the drawing is about; its key is made here. */
  public static Trial of(
      Rule rule, int number, Purpose purpose, Terms terms, Instant startedAt, int planned) {
    byte[] key = new byte[KEY_BYTES];
    KEYS.nextBytes(key);
    return new Trial(
        rule.id() + "-" + number,
        rule.id(),
        purpose,
        HexFormat.of().formatHex(key),
        terms,
        rule.measure(),
        rule.errorClasses(),
        rule.opportunity().tools(),
        rule.opportunity().program(),
        rule.text(),
        rule.tokens(),
        startedAt,
        planned);
  }

  /** False when its key was lost: then nobody knows which sessions were exposed. */
  public boolean hasKey() {
    return key.matches("([0-9a-f]{2}){16,64}");
  }

  /** Gives every session its arm. Needs the key. */
  public Arms arms() {
    return new Arms(HexFormat.of().parseHex(key), share());
  }

  /** The share of the sessions that are exposed. */
  public double share() {
    return purpose == Purpose.STANDING ? 1 : terms.share();
  }

  /** Whether a hook can tell the calls that the rule is about by their names. */
  public boolean callsAreNamed() {
    return measure.isOfCalls()
        && tools.stream().allMatch(tool -> TOOL.matcher(tool).matches())
        && PROGRAM.matcher(program).matches();
  }
}
