package dev.flightlog.analysis;

import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.wording.TextTable;
import dev.flightlog.wording.Units;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays a budget on findings. Every attempt is written out and its tokens are counted, so nothing is
 * guessed; rows are taken whole, from the front. Tried in this order until a row fits: the full
 * heading (it must leave room for five rows), the short one, the short one with short names, and
 * one that leaves even these out. Then notes, further rows and hints are added while they fit, and
 * the way to the rest is written out as a command.
 */
final class Page {
  /** What the full heading must leave room for. */
  private static final int ROWS_BELOW_HEADING = 5;

  /** What a note may not displace, besides any row when all fit. */
  private static final int FIRST_ROWS = 4;

  /** Up to so many rows it is worked out, beyond it is estimated, which budget takes all. */
  private static final int EXACTLY = 100;

  private final Question question;
  private final Scope scope;
  private final Findings findings;
  private final TokenEstimate estimate;
  private final int budget;

  /** The text that was fitted, its rows and its cost. */
  record Fitted(String text, int rows, int tokens) {}

  Page(Question question, Scope scope, Findings findings, TokenEstimate estimate, int budget) {
    this.question = question;
    this.scope = scope;
    this.findings = findings;
    this.estimate = estimate;
    this.budget = budget;
  }

  /**
   * @throws QuestionException when not one row fits
   */
  Fitted fit() {
    int all = findings.rows().size();
    Attempt[] attempts = {
      new Attempt(findings.heading(), Wording.ROOMY),
      new Attempt(findings.shortHeading(), Wording.ROOMY),
      new Attempt(findings.shortHeading(), Wording.TIGHT),
      new Attempt(findings.rows().isEmpty() ? findings.shortHeading() : bare(), Wording.TIGHT)
    };
    for (int i = 0; i < attempts.length; i++) {
      int wanted = i == 0 ? Math.min(all, ROWS_BELOW_HEADING) : Math.min(all, 1);
      if (attempts[i].fits(wanted)) {
        return attempts[i].filled(wanted);
      }
    }
    int needed = attempts[attempts.length - 1].cost(Math.min(all, 1));
    throw new QuestionException(
        "--max-tokens "
            + budget
            + " is too small for '"
            + question.name()
            + "': its shortest answer here takes "
            + needed
            + " tokens; try --max-tokens "
            + Math.max(question.budget(), needed));
  }

  /** For a budget that has no room for long names of story and agent beside a row. */
  private Findings.Said bare() {
    QuestionCall call = scope.call();
    boolean narrow = call.story() != null || call.agent() != null || call.since() != null;
    return wording -> question.name() + (narrow ? ", narrowed as asked" : ", all time");
  }

  /** One heading and one length of names. */
  private final class Attempt {
    private final String heading;
    private final Wording wording;
    private final List<String[]> lines = new ArrayList<>();
    private final List<String> extras = new ArrayList<>();
    private final boolean[] right;
    private final boolean headless;
    private boolean wholeCommand;
    private int wholeCost;

    Attempt(Findings.Said said, int nameTokens) {
      wording = new Wording(scope.now(), nameTokens);
      heading = said.in(wording);
      List<String> heads = findings.heads().in(wording);
      right = new boolean[heads.size()];
      String[] first = new String[heads.size()];
      for (int i = 0; i < first.length; i++) {
        right[i] = heads.get(i).startsWith(">");
        first[i] = right[i] ? heads.get(i).substring(1) : heads.get(i);
      }
      lines.add(first);
      headless = String.join("", first).isEmpty();
    }

    boolean fits(int rows) {
      return cost(rows) <= budget;
    }

    int cost(int rows) {
      return estimate.of(text(rows));
    }

    Fitted filled(int least) {
      int rows = fits(findings.rows().size()) ? findings.rows().size() : least;
      while (rows < Math.min(FIRST_ROWS, findings.rows().size()) && fits(rows + 1)) {
        rows++;
      }
      addWhatFits(findings.notes(), rows);
      rows = most(rows);
      if (rows == findings.rows().size()) {
        addWhatFits(findings.hints(), rows);
      }
      wholeCommand = true;
      wholeCommand = fits(rows);
      String text = text(rows);
      return new Fitted(text, rows, estimate.of(text));
    }

    private void addWhatFits(List<String> sentences, int rows) {
      for (String sentence : sentences) {
        extras.add(sentence);
        if (!fits(rows)) {
          extras.removeLast();
        }
      }
    }

    /** The most rows that fit, at least so many; doubling, then halving. */
    private int most(int fitting) {
      int low = fitting;
      int high = findings.rows().size();
      for (int step = 1; low < high; step *= 2) {
        int next = Math.min(high, low + step);
        if (!fits(next)) {
          high = next - 1;
          break;
        }
        low = next;
      }
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (fits(middle)) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    /** What all rows would cost, with a full heading in place of this one. */
    private int wholeCost() {
      if (wholeCost == 0) {
        wholeCost = 1;
        wholeCost = estimate.of(text(findings.rows().size()) + findings.heading().in(wording));
      }
      return wholeCost;
    }

    String text(int rows) {
      while (lines.size() <= rows) {
        @Nullable Object[] row = findings.rows().get(lines.size() - 1);
        lines.add(question.inquiry().cells(row, wording));
      }
      StringBuilder out = new StringBuilder(heading).append('\n');
      if (rows > 0) {
        appendTable(out, rows);
      }
      for (String extra : extras) {
        out.append(extra).append('\n');
      }
      int left = findings.rows().size() - rows;
      if (left > 0) {
        out.append('+').append(Units.count(left)).append(" more: ").append(more(rows)).append('\n');
      }
      return out.toString();
    }

    /** Leaves out the columns in which no row has anything to say. */
    private void appendTable(StringBuilder out, int rows) {
      List<String[]> shown = new ArrayList<>();
      boolean[] empty = new boolean[right.length];
      for (int column = 0; column < empty.length; column++) {
        empty[column] = true;
        for (int row = 1; row <= rows; row++) {
          empty[column] &= lines.get(row)[column].equals("-");
        }
      }
      for (String[] line : lines.subList(headless ? 1 : 0, rows + 1)) {
        String[] cells = line.clone();
        for (int column = 0; column < empty.length; column++) {
          cells[column] = empty[column] ? "" : cells[column];
        }
        shown.add(cells);
      }
      TextTable.append(out, shown, right);
    }

    /** How to get the rest: a budget that is enough for it, as far as one can tell. */
    private String more(int rows) {
      int all = findings.rows().size();
      int enough =
          all <= EXACTLY ? wholeCost() : (int) Math.min(9_900L, (long) budget * all / (rows + 1));
      int round = Math.max(budget + 50, (enough + 99) / 50 * 50);
      QuestionCall wider = scope.call().maxTokens(round);
      String command = wider.command();
      return wholeCommand && command != null ? command : "--max-tokens " + round;
    }
  }
}
