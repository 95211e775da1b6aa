package dev.flightlog.patterns.remedies;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A shell command taken apart as far as it takes to compare two: commands between {@code && || ; |}
 * and line ends, each its words without quotes and redirections. Not a parser of a shell: what it
 * takes wrongly makes two commands look more different. Immutable.
 */
final class ShellCommand {
  private static final int LONGEST = 2_000;
  private static final int MOST_PARTS = 20;

  /** Programs whose first words say what they do. */
  private static final Set<String> WITH_SUBCOMMANDS =
      Set.of(
          "apt",
          "apt-get",
          "aws",
          "brew",
          "bun",
          "bundle",
          "cargo",
          "conda",
          "deno",
          "docker",
          "dotnet",
          "gh",
          "git",
          "go",
          "gradle",
          "gradlew",
          "kubectl",
          "make",
          "mise",
          "mvn",
          "mvnw",
          "npm",
          "npx",
          "pip",
          "pip3",
          "pnpm",
          "poetry",
          "systemctl",
          "terraform",
          "uv",
          "yarn");

  /** Subcommands behind which the next word still says what is done. */
  private static final Set<String> TWO_WORDS =
      Set.of("run", "compose", "pr", "issue", "repo", "remote", "stash", "worktree");

  private static final Set<String> PREFIXES =
      Set.of(
          "sudo", "time", "command", "env", "nohup", "exec", "do", "then", "else", "if", "while",
          "!", "{");

  /** Words of the shell's own that begin or end something and do nothing. */
  private static final Set<String> FRAME = Set.of("for", "done", "fi", "case", "esac", "}");

  /** Programs that only look; what they print may help the agent, but they change nothing. */
  private static final Set<String> LOOKS =
      Set.of(
          "ls", "cat", "head", "tail", "grep", "rg", "find", "pwd", "echo", "printf", "which", "wc",
          "sort", "uniq", "less", "more", "stat", "file", "tree", "jq", "awk", "cut", "diff", "ps",
          "env", "date", "whoami", "true", "sleep", "test", "[", "du", "df", "type", "tr", "xxd");

  private static final Set<String> LOOKING_SUBCOMMANDS =
      Set.of(
          "git status",
          "git diff",
          "git log",
          "git show",
          "git branch",
          "git remote",
          "gh pr view",
          "gh pr checks",
          "gh pr list",
          "gh pr diff",
          "gh run view",
          "gh run list",
          "gh issue view",
          "gh issue list",
          "git ls-files",
          "git blame",
          "npm ls",
          "docker ps",
          "docker logs",
          "kubectl get");

  /** One command: its words, the program first; never empty. */
  record Part(List<String> words, List<String> environment, boolean piped) {
    String program() {
      String first = words.getFirst();
      return first.substring(first.lastIndexOf('/') + 1);
    }

    /** Program and subcommand: what kind of work it is. */
    String signature() {
      StringBuilder out = new StringBuilder(program());
      int wanted = WITH_SUBCOMMANDS.contains(program()) ? 1 : 0;
      if (program().startsWith("python") && words.size() > 2 && words.get(1).equals("-m")) {
        return program() + " -m " + words.get(2);
      }
      for (int i = 1; i < words.size() && wanted > 0; i++) {
        String word = words.get(i);
        if (isSubcommand(word)) {
          out.append(' ').append(word);
          wanted += TWO_WORDS.contains(word) ? 0 : -1;
          if (out.length() > 60) {
            break;
          }
        }
      }
      return out.toString();
    }

    /** What it works on: words that are no option, not of the signature, and no quoted text. */
    Set<String> targets() {
      Set<String> targets = new HashSet<>();
      List<String> said = List.of(signature().split(" ", -1));
      for (String word : words.subList(1, words.size())) {
        boolean option = word.startsWith("-") && word.length() > 1;
        boolean text = word.indexOf(' ') >= 0 || word.indexOf('\n') >= 0;
        if (!option && !text && !said.contains(word) && !word.isEmpty()) {
          targets.add(word);
        }
      }
      return targets;
    }

    private static boolean isSubcommand(String word) {
      boolean plain = !word.isEmpty() && word.length() <= 40;
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        plain &=
            (c >= 'a' && c <= 'z')
                || (i > 0 && (Character.isDigit(c) || c == '-' || c == ':' || c == '_'));
      }
      return plain;
    }

    boolean looks() {
      return LOOKS.contains(program()) || LOOKING_SUBCOMMANDS.contains(signature());
    }

    boolean isFolder() {
      return program().equals("cd") || program().equals("pushd");
    }

    Set<String> flags() {
      Set<String> flags = new HashSet<>();
      for (String word : words) {
        if (word.startsWith("-") && word.length() > 1) {
          int equals = word.indexOf('=');
          flags.add(equals < 0 ? word : word.substring(0, equals));
        }
      }
      return flags;
    }
  }

  private final String text;
  private final List<Part> parts;

  private ShellCommand(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  static ShellCommand of(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    int document = head.indexOf("<<");
    return new ShellCommand(
        head, new Words(document < 0 ? head : head.substring(0, document)).parts());
  }

  /** The commands that do something, or all when none does; a change of folder is none. */
  List<Part> work() {
    List<Part> work = new ArrayList<>();
    for (Part part : parts) {
      if (!part.looks() && !part.isFolder()) {
        work.add(part);
      }
    }
    if (work.isEmpty()) {
      for (Part part : parts) {
        if (!part.isFolder() && !part.piped()) {
          work.add(part);
        }
      }
    }
    return work;
  }

  /** Program and subcommand of the last command that does something; empty without any. */
  String signature() {
    List<Part> work = work();
    return work.isEmpty() ? "" : work.getLast().signature();
  }

  List<Part> parts() {
    return parts;
  }

  boolean looks() {
    for (Part part : parts) {
      if (!part.looks() && !part.isFolder()) {
        return false;
      }
    }
    return true;
  }

  /** True when it sends what it prints into a file. */
  boolean redirects() {
    return text.contains(" > ") || text.contains(">>") || text.contains("<<");
  }

  boolean mentions(String word) {
    return word.length() >= 3 && text.contains(word);
  }

  /** Cuts a line into words; quotes are taken off, redirections left out. */
  private static final class Words {
    private final String line;
    private final List<Part> parts = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<String> environment = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean piped;

    Words(String line) {
      this.line = line;
    }

    List<Part> parts() {
      char quote = 0;
      for (int i = 0; i < line.length() && parts.size() < MOST_PARTS; i++) {
        char c = line.charAt(i);
        if (quote != 0) {
          if (c == quote) {
            quote = 0;
          } else {
            word.append(c);
          }
        } else if (c == '\'' || c == '"') {
          quote = c;
          inWord = true;
        } else if (c == '\\' && i + 1 < line.length()) {
          i++;
          if (line.charAt(i) != '\n') {
            word.append(line.charAt(i));
            inWord = true;
          }
        } else if (c == '&' && i > 0 && line.charAt(i - 1) == '>') {
          word.append(c);
        } else if (c == ';' || c == '|' || c == '&' || c == '\n' || c == '(' || c == ')') {
          endPart(c == '|' && (i + 1 >= line.length() || line.charAt(i + 1) != '|') && !twice(i));
        } else if (c == ' ' || c == '\t' || c == '\r') {
          endWord();
        } else {
          word.append(c);
          inWord = true;
        }
      }
      endPart(false);
      return parts;
    }

    private boolean twice(int i) {
      return i > 0 && line.charAt(i - 1) == '|';
    }

    private void endWord() {
      String done = word.toString();
      boolean redirection = isRedirection(done);
      if (inWord && !redirection) {
        if (words.isEmpty() && isAssignment(done)) {
          environment.add(done.substring(0, done.indexOf('=')));
        } else if (!(words.isEmpty() && PREFIXES.contains(done))) {
          words.add(done);
        }
      }
      word.setLength(0);
      inWord = false;
    }

    private static boolean isRedirection(String word) {
      int first =
          !word.isEmpty() && (Character.isDigit(word.charAt(0)) || word.charAt(0) == '&') ? 1 : 0;
      return word.startsWith(">", first) || word.startsWith("<");
    }

    private static boolean isAssignment(String word) {
      int equals = word.indexOf('=');
      for (int i = 0; i < equals; i++) {
        char c = word.charAt(i);
        if (c != '_' && !Character.isLetter(c) && (i == 0 || !Character.isDigit(c))) {
          return false;
        }
      }
      return equals > 0;
    }

    private void endPart(boolean pipe) {
      endWord();
      if (!words.isEmpty() && !words.getFirst().isEmpty() && !FRAME.contains(words.getFirst())) {
        parts.add(new Part(List.copyOf(words), List.copyOf(environment), piped));
      }
      words = new ArrayList<>();
      environment = new ArrayList<>();
      piped = pipe;
    }
  }
}
