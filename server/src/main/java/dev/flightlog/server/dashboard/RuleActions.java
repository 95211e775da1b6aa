package dev.flightlog.server.dashboard;

import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.verdict.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a home, and what can be decided about them. Each use opens the books anew: others
 * write them, too. For many threads; blocks on files.
 */
public final class RuleActions {
  private final Path rules;
  private final Path trials;
  private final HookFiles hooks;

  /**
   * @param rules the file of the rules; need not exist
   * @param trials the file of their trials; need not exist
   * @param hooks what hooks show
   */
  public RuleActions(Path rules, Path trials, HookFiles hooks) {
    this.rules = rules;
    this.trials = trials;
    this.hooks = hooks;
  }

  /** Both books, opened together. */
  record Books(RuleBook rules, Trials trials, List<String> damaged) {}

  /** One opens and changes at a time. */
  interface Use<T> {
    T of(Books books) throws IOException;
  }

  synchronized <T> T use(Use<T> use) throws IOException {
    RuleBook book = RuleBook.open(rules);
    TrialBook trialBook = TrialBook.open(trials);
    List<String> damaged = new ArrayList<>();
    book.damaged().forEach(line -> damaged.add(rules.getFileName() + ": " + line));
    trialBook.damaged().forEach(line -> damaged.add(trials.getFileName() + ": " + line));
    return use.of(new Books(book, new Trials(book, trialBook, hooks), damaged));
  }
}
