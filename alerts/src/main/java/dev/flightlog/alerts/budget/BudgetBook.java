package dev.flightlog.alerts.budget;

import dev.flightlog.analysis.ask.Period;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a home, in {@link #FILE}: {@code
 * {"budgets":[{"period":"month","usd":300},{"project":"shop","period":"day","tokens":5000000}]}}.
 * Read anew at each call; blocks for the file. For one writer at a time.
 */
public final class BudgetBook {
  /** Its name in the home. */
  public static final String FILE = "budgets.json";

  private static final int LARGEST = 1 << 20;

  private final Path file;

  private BudgetBook(Path file) {
    this.file = file;
  }

  /** Of the home in this folder, which need not exist. */
  public static BudgetBook inHome(Path home) {
    return new BudgetBook(home.resolve(FILE));
  }

  /**
   * All of them, in the order of the file; none when there is no file.
   *
   * @throws BudgetException when the file is not as it must be
   */
  public List<Budget> all() {
    List<Budget> budgets = new ArrayList<>();
    Object listed = parsed().get("budgets");
    if (listed == null) {
      return budgets;
    }
    if (!(listed instanceof List<?> list)) {
      throw wrong("budgets is a list");
    }
    for (int i = 0; i < list.size(); i++) {
      try {
        Budget budget = budget(list.get(i));
        if (budgets.stream().anyMatch(b -> b.isOfTheSame(budget.project(), budget.period()))) {
          throw new BudgetException("there is one of the same project and period before it");
        }
        budgets.add(budget);
      } catch (BudgetException e) {
        throw wrong("budget " + (i + 1) + ": " + e.getMessage());
      }
    }
    return budgets;
  }

  /**
   * Puts this budget in the place of the one of the same project and period.
   *
   * @throws BudgetException when the file is not as it must be, or cannot be written
   */
  public void set(Budget budget) {
    List<Budget> all = all();
    all.removeIf(each -> each.isOfTheSame(budget.project(), budget.period()));
    all.add(budget);
    write(all);
  }

  /**
   * Takes a budget out.
   *
   * @return false when there is none of this project and period
   */
  public boolean remove(@Nullable String project, Period period) {
    List<Budget> all = all();
    boolean removed = all.removeIf(each -> each.isOfTheSame(project, period));
    if (removed) {
      write(all);
    }
    return removed;
  }

  private void write(List<Budget> budgets) {
    Map<String, @Nullable Object> json = parsed();
    json.put("budgets", budgets.stream().map(Budget::json).toList());
    try {
      AtomicFile.write(file, new JsonWriter().value(json).append('\n').toByteArray());
    } catch (IOException e) {
      throw new BudgetException(file + " cannot be written (" + e + ")");
    }
  }

  private Map<String, @Nullable Object> parsed() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong("it is larger than 1 MiB: it is no file of budgets");
      }
      byte[] json = RegularFile.read(file);
      int from = json.length >= 3 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb ? 3 : 0;
      JsonReader reader = new JsonReader().reset(json, from, json.length);
      Object value = reader.value();
      reader.finish();
      if (!(value instanceof Map<?, ?> map)) {
        throw wrong(
            "it is one JSON object, such as {\"budgets\":[{\"period\":\"month\",\"usd\":300}]}");
      }
      map.forEach((key, inner) -> object.put(String.valueOf(key), inner));
      return object;
    } catch (NoSuchFileException e) {
      return object;
    } catch (IOException e) {
      throw new BudgetException(file + " cannot be read (" + e + ")");
    } catch (JsonException | NumberFormatException e) {
      throw wrong("it is no JSON: " + e.getMessage());
    }
  }

  private BudgetException wrong(String what) {
    return new BudgetException(file + ": " + what + "; mend it, or move it away");
  }

  /**
   * A budget as JSON has it: {@code project}, {@code period}, {@code usd}, {@code tokens}.
   *
   * @throws BudgetException when it is not as it must be
   */
  public static Budget budget(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new BudgetException("it is an object with period, and usd or tokens");
    }
    for (Object key : map.keySet()) {
      if (!List.of("project", "period", "usd", "tokens").contains(String.valueOf(key))) {
        throw new BudgetException(
            SafeText.shortened(String.valueOf(key), 40)
                + " is not known; there are project, period, usd and tokens");
      }
    }
    Object project = map.get("project");
    if (project != null && !(project instanceof String)) {
      throw new BudgetException("project is a text");
    }
    Period period =
        Budget.period(String.valueOf(map.get("period")))
            .orElseThrow(() -> new BudgetException("period is day, week or month"));
    Object usd = map.get("usd");
    if (usd != null && !(usd instanceof Number)) {
      throw new BudgetException("usd is an amount of US dollars above 0");
    }
    Object tokens = map.get("tokens");
    if (tokens != null && !(tokens instanceof Long)) {
      throw new BudgetException("tokens is a whole number above 0");
    }
    return new Budget(
        (String) project,
        period,
        usd instanceof Number number ? (Double) number.doubleValue() : null,
        (Long) tokens);
  }
}
