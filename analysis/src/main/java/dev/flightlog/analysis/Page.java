package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.wording.Screen;
import dev.flightlog.wording.TextTable;
import dev.flightlog.wording.Units;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lays a budget on a result. Every attempt is written out and its tokens are counted, so nothing is
 * guessed; rows are taken whole, from the front. Tried in this order until a row fits: the full
 * heading (it must leave room for five rows), the short one, the short one with short names, one
 * that leaves even these out, the same with fewer and fewer columns, and no row at all. Then notes,
 * further rows and hints are added while they fit, and the way to the rest is written out.
 */
final class Page {
  /** Words of answers that say that something got better, or worse. */
  private static final Pattern CHANGES =
      Pattern.compile("(\\bdown [0-9.]+%->[0-9.]+%)|(\\bup [0-9.]+%->[0-9.]+%|\\bFAILED\\b)");

  /** What the full heading must leave room for. */
  private static final int ROWS_BELOW_HEADING = 5;

  /** What a note may not displace, besides any row when all fit. */
  private static final int FIRST_ROWS = 4;

  /** Lines of a screen in which the shell writes. */
  private static final int LINES_OF_THE_SHELL = 2;

  /** Up to so many rows it is worked out, beyond it is estimated, which budget takes all. */
  private static final int EXACTLY = 100;

  private final Question question;
  private final Selection selection;
  private final Result<?> result;
  private final List<Pending> pending;
  private final TokenEstimate estimate;
  private final Reader reader;

  /** Tokens, or lines of the screen. */
  private final int budget;

  private final @Nullable Screen screen;
  private final int roomy;

  /** How many rows there are, and how many of them are wanted at most. */
  private final int all;

  private final int wanted;

  /** The text that was fitted, its rows and its cost. */
  record Fitted(String text, int rows, int tokens) {}

  Page(
      Question question,
      Selection selection,
      Result<?> result,
      List<Pending> pending,
      TokenEstimate estimate,
      int budget,
      @Nullable Screen screen) {
    this.question = question;
    this.selection = selection;
    this.result = result;
    this.pending = pending;
    this.estimate = estimate;
    this.screen = screen;
    this.budget = screen == null ? budget : screen.rows() - LINES_OF_THE_SHELL;
    this.roomy =
        screen == null ? Wording.ROOMY : Math.clamp(screen.columns() / 6, Wording.ROOMY, 40);
    this.reader = selection.call().reader();
    this.all = result.rows().size();
    Integer limit = selection.call().narrowing().limit();
    this.wanted = limit == null ? all : Math.min(all, limit);
  }

  /**
   * @throws QuestionException when not even the heading fits
   */
  Fitted fit() {
    int one = Math.min(wanted, 1);
    int columns = result.heads(new Wording(0, 1, selection.dates())).size();
    Attempt full = new Attempt(result.heading(), roomy, columns);
    int below = Math.min(wanted, ROWS_BELOW_HEADING);
    boolean wide = screen != null && TextTable.width(full.heading) > screen.columns() && below > 0;
    if (!wide && full.fits(below)) {
      return full.filled(below);
    }
    Result.Said bare = all == 0 ? result.shortHeading() : bare();
    Attempt last = full;
    for (int tried = 1; tried <= 2 + Math.max(1, columns - 1); tried++) {
      last =
          switch (tried) {
            case 1 -> new Attempt(result.shortHeading(), roomy, columns);
            case 2 -> new Attempt(result.shortHeading(), Wording.TIGHT, columns);
            default -> new Attempt(bare, Wording.TIGHT, columns + 3 - tried);
          };
      if (last.fits(one)) {
        return last.filled(one);
      }
    }
    if (last.fits(0)) {
      return last.filled(0);
    }
    int needed = last.cost(0);
    throw new QuestionException(
        reader.option("max_tokens")
            + (reader.isCommandLine() ? "" : " ")
            + budget
            + " is too small for '"
            + question.name()
            + "': its shortest answer here takes "
            + needed
            + " tokens; try "
            + option("max_tokens", Math.max(question.budget(), needed)));
  }

  private String option(String name, int value) {
    return reader.isCommandLine()
        ? reader.option(name) + value
        : reader.option(name) + (reader.kind() == Reader.Kind.MCP ? ": " : "=") + value;
  }

  /** For a budget that has no room for long names of story and agent beside a row. */
  private Result.Said bare() {
    boolean narrow = selection.call().narrowing().narrows();
    return wording -> question.name() + (narrow ? ", narrowed as asked" : ", all time");
  }

  /** One heading, one length of names, and the first columns. */
  private final class Attempt {
    private final String heading;
    private final Wording wording;
    private final List<String[]> lines = new ArrayList<>();
    private final List<String> extras = new ArrayList<>();
    private final boolean[] right;
    private final boolean headless;
    private boolean wholeCommand;
    private int wholeCost;

    Attempt(Result.Said said, int nameTokens, int columns) {
      wording = new Wording(selection.now(), nameTokens, selection.dates());
      heading = reader.label() + said.in(wording);
      List<String> heads = result.heads(wording);
      boolean whole = heads.size() <= columns;
      right = new boolean[Math.min(heads.size(), Math.max(1, columns))];
      String[] first = new String[right.length];
      for (int i = 0; i < first.length; i++) {
        right[i] = heads.get(i).startsWith(">");
        first[i] = right[i] ? heads.get(i).substring(1) : heads.get(i);
      }
      lines.add(first);
      headless = !whole || String.join("", first).isEmpty();
    }

    boolean fits(int rows) {
      return cost(rows) <= budget;
    }

    int cost(int rows) {
      String text = text(rows);
      return screen == null ? estimate.of(text) : screen.lines(text);
    }

    Fitted filled(int least) {
      int fewest = Math.min(least, 1);
      addPending(fewest);
      int rows = fits(wanted) ? wanted : fits(least) ? least : fewest;
      while (rows < Math.min(FIRST_ROWS, wanted) && rows > 0 && fits(rows + 1)) {
        rows++;
      }
      addWhatFits(result.notes(), rows);
      rows = most(rows);
      if (rows == all) {
        List<String> hints = new ArrayList<>();
        for (Result.Hint hint : result.hints()) {
          String line = hint.to(reader);
          if (line != null) {
            hints.add(line);
          }
        }
        addWhatFits(hints, rows);
      }
      wholeCommand = true;
      wholeCommand = fits(rows);
      String text = text(rows);
      int tokens = estimate.of(text);
      return new Fitted(screen == null ? text : coloured(text, screen), rows, tokens);
    }

    /** What is not in the answer yet is told before anything else, shorter where room is short. */
    private void addPending(int rows) {
      if (pending.isEmpty()) {
        return;
      }
      int before = extras.size();
      String sources = Units.count(pending.size(), "source");
      for (String sentence :
          List.of(
              Pending.sentence(pending, reader),
              "Not yet in this answer: what may be new in " + sources,
              "Not up to date")) {
        if (extras.size() == before) {
          addWhatFits(List.of(sentence), rows);
        }
      }
    }

    private void addWhatFits(List<String> sentences, int rows) {
      for (String sentence : sentences) {
        extras.add(reader.hint(sentence));
        if (!fits(rows)) {
          extras.removeLast();
        }
      }
    }

    /** The most rows that fit, at least so many; doubling, then halving. */
    private int most(int fitting) {
      int low = fitting;
      int high = fitting == 0 ? 0 : wanted;
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
        wholeCost = estimate.of(text(all) + result.heading().in(wording));
      }
      return wholeCost;
    }

    String text(int rows) {
      while (lines.size() <= rows) {
        String[] words = result.words(lines.size() - 1, wording);
        lines.add(
            words.length == right.length ? words : java.util.Arrays.copyOf(words, right.length));
      }
      StringBuilder out = new StringBuilder(heading).append('\n');
      if (rows > 0) {
        appendTable(out, rows);
      }
      for (String extra : extras) {
        out.append(extra).append('\n');
      }
      int left = all - rows;
      if (left > 0) {
        out.append('+')
            .append(Units.count(left))
            .append(" more: ")
            .append(reader.hint(more(rows)))
            .append('\n');
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
      if (screen == null) {
        TextTable.append(out, shown, right);
      } else {
        TextTable.append(out, shown, right, screen.columns());
      }
    }

    /** The heading bold, heads of columns and the way to the rest quiet, changes by their worth. */
    private String coloured(String text, Screen by) {
      List<String> all = text.lines().toList();
      int headings = (int) heading.lines().count();
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < all.size(); i++) {
        String line = all.get(i);
        boolean quiet = (i == headings && !headless) || line.startsWith("+");
        out.append(
            i < headings
                ? by.heading(line)
                : quiet ? by.quiet(line) : CHANGES.matcher(line).replaceAll(m -> worth(m, by)));
        out.append('\n');
      }
      return out.toString();
    }

    private static String worth(MatchResult change, Screen by) {
      return change.group(1) != null ? by.good(change.group(1)) : by.bad(change.group(2));
    }

    /** How to get the rest: so many rows, or a budget that is enough as far as one can tell. */
    private String more(int rows) {
      QuestionCall call = selection.call();
      boolean limited = screen != null || (rows >= wanted && wanted < all);
      int value = limited ? all : enough(rows);
      String name = limited ? "limit" : "max_tokens";
      String command = wholeCommand ? call.again(question, name, value) : null;
      return command == null ? option(name, value) : command;
    }

    private int enough(int rows) {
      int enough =
          all <= EXACTLY ? wholeCost() : (int) Math.min(9_900L, (long) budget * all / (rows + 1));
      return Math.max(budget + 50, (enough + 99) / 50 * 50);
    }
  }
}
