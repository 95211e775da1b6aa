package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.flightlog.analysis.Questions;
import dev.flightlog.cli.arguments.UsageException;
import dev.flightlog.cli.command.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands in README and guides are such as the program takes. */
class DocumentedCommandsTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /** A word of a shell, or what ends a command. */
  private static final Pattern WORD =
      Pattern.compile("#[^\n]*|[\n|;&)]|(?:'[^']*'|\"[^\"]*\"|\\\\\n|[^\\s'\";|&)])+");

  @Test
  void everyCommandOfTheGuidesIsOneThatTheProgramTakes() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md")));
    try (Stream<Path> guides = Files.list(Path.of("..", "docs", "guide"))) {
      guides.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    int commands = 0;
    for (Path page : pages) {
      for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
        for (List<String> command : commands(block.group(1))) {
          check(command, page);
          commands++;
        }
      }
    }
    assertThat(commands).isGreaterThan(40);
  }

  /** The words behind {@code flightlog} of each call in it. */
  private static List<List<String>> commands(String block) {
    List<List<String>> found = new ArrayList<>();
    List<String> current = null;
    boolean begins = true;
    for (MatchResult match : WORD.matcher(block).results().toList()) {
      String word = match.group();
      if (word.startsWith("#") || word.length() == 1 && "\n|;&)".contains(word)) {
        current = null;
        begins = true;
      } else if (begins && word.matches("(?:\\w+=\\$\\()?(?:[^ ]*/)?flightlog")) {
        current = new ArrayList<>();
        found.add(current);
        begins = false;
      } else if (current == null) {
        begins &= word.matches("[A-Z_]+=.*");
      } else if (word.startsWith(">")) {
        current = null;
      } else if (!word.equals("\\\n")) {
        current.add(word.replaceAll("['\"]", ""));
      }
    }
    return found;
  }

  private static void check(List<String> words, Path page) {
    if (words.isEmpty() || words.getFirst().startsWith("--")) {
      return;
    }
    Supplier<Command> command = Commands.ALL.get(words.getFirst());
    if (command == null) {
      throw new AssertionError(page + ": there is no command " + words.getFirst());
    }
    try {
      command.get().syntax().read(words.subList(1, words.size()));
    } catch (UsageException wrong) {
      fail(page + ": flightlog " + String.join(" ", words) + ": " + wrong.getMessage());
    }
    if (words.getFirst().equals("ask") && words.size() > 1 && !words.get(1).startsWith("-")) {
      assertThat(Questions.all().stream().anyMatch(q -> q.name().equals(words.get(1))))
          .as("%s: %s", page, words)
          .isTrue();
    }
  }
}
