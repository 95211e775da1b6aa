package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A document that names a class or a file names one that exists. */
class NamesInDocumentsTest {
  /** Names in code style that are no types of ours. */
  private static final Set<String> FOREIGN =
      Set.of("System", "String", "EventId" /* a column of LogHub */);

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TYPE =
      Pattern.compile("((?:[a-z]+\\.)*)([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#(].*)?");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|enum|interface)\\s+([A-Z]\\w*)");

  @Test
  void everyClassThatADocumentNamesExists() {
    Set<String> types = types();
    assertThat(types.size()).isGreaterThan(500);
    List<String> wrong = new ArrayList<>();
    for (String document : documents()) {
      Matcher code = CODE.matcher(Tree.text(document));
      while (code.find()) {
        Matcher type = TYPE.matcher(code.group(1));
        if (type.matches()
            && !FOREIGN.contains(type.group(2))
            && !types.contains(type.group(1) + type.group(2))) {
          wrong.add(document + ": " + code.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPathThatADocumentNamesExists() {
    Pattern path =
        Pattern.compile(
            "(?:docs|build|" + String.join("|", Rooms.modules()) + ")/[A-Za-z0-9_./-]*");
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (String document : documents()) {
      Matcher code = CODE.matcher(Tree.text(document));
      while (code.find()) {
        if (path.matcher(code.group(1)).matches()) {
          seen++;
          if (!Files.exists(Tree.ROOT.resolve(code.group(1)))) {
            wrong.add(document + ": " + code.group(1));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(20);
  }

  private static List<String> documents() {
    List<String> documents =
        new ArrayList<>(
            List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/recipes.md"));
    Rooms.modules().forEach(room -> documents.add(room + "/README.md"));
    return documents;
  }

  /** Names of types alone, and behind any end of the package they are in. */
  private static Set<String> types() {
    Set<String> types = new HashSet<>();
    for (Path file : Tree.files()) {
      String name = file.toString().replace('\\', '/');
      if (name.endsWith(".java")) {
        Set<String> declared = new TreeSet<>();
        Matcher declarations = DECLARED.matcher(Tree.text(name));
        while (declarations.find()) {
          declared.add(declarations.group(1));
        }
        String folder = name.substring(0, name.lastIndexOf('/')).replace('/', '.') + ".";
        for (int at = folder.length() - 1; at > 0; at = folder.lastIndexOf('.', at - 1)) {
          String end = folder.substring(at + 1);
          declared.forEach(type -> types.add(end + type));
        }
      }
    }
    return types;
  }
}
