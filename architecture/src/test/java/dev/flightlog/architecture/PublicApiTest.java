package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public API of what other programs compile against stands in {@code architecture/api}: who
 * changes it changes its listing, too. {@code -Dflightlog.api.write=true} writes the listings.
 */
class PublicApiTest {
  /** The checkout; of {@link Tree}, which reads all classes, nothing is needed here. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @ValueSource(strings = {"event", "recorder", "runs", "logback"})
  void theListingSaysWhatIsPublic(String room) throws Exception {
    String found = String.join("\n", listing(room)) + "\n";
    Path file = ROOT.resolve("architecture/api/" + room + ".txt");
    if (Boolean.getBoolean("flightlog.api.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, found);
    }
    assertThat(found)
        .as(
            "the public API of %s; if it is meant to change, run build/test -pl architecture -am"
                + " -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dflightlog.api.write=true",
            room)
        .isEqualTo(Files.readString(file));
  }

  private static List<String> listing(String room) throws ClassNotFoundException, IOException {
    Set<String> exported =
        Pattern.compile("(?m)^  exports ([a-z0-9.]+);")
            .matcher(Files.readString(ROOT.resolve(room + "/src/main/java/module-info.java")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    ClassLoader loader = PublicApiTest.class.getClassLoader();
    List<String> lines = new ArrayList<>();
    for (String name : exported) {
      Path folder = ROOT.resolve(room + "/src/main/java").resolve(name.replace('.', '/'));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String type = String.valueOf(file.getFileName()).replace(".java", "");
          if (!type.equals("package-info")) {
            list(Class.forName(name + "." + type, false, loader), lines);
          }
        }
      }
    }
    assertThat(lines).isNotEmpty();
    return lines;
  }

  /** A type that is public, its members, and the types within it. */
  private static void list(Class<?> type, List<String> lines) {
    if (!Modifier.isPublic(type.getModifiers())) {
      return;
    }
    lines.add(head(type));
    lines.addAll(members(type));
    Arrays.stream(type.getDeclaredClasses())
        .sorted(Comparator.comparing(Class::getName))
        .forEach(each -> list(each, lines));
  }

  private static String head(Class<?> type) {
    StringBuilder head = new StringBuilder(type.toGenericString());
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class) {
      head.append(" extends ").append(parent.getTypeName());
    }
    if (type.getGenericInterfaces().length > 0) {
      head.append(type.isInterface() ? " extends " : " implements ");
      head.append(
          Arrays.stream(type.getGenericInterfaces())
              .map(Type::getTypeName)
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    return head.toString();
  }

  private static Set<String> members(Class<?> type) {
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(PublicApiTest::isPublished)
            .map(each -> each.toGenericString());
    Stream<String> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(PublicApiTest::isPublished)
            .map(each -> each.toGenericString());
    Stream<String> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> isPublished(each) && !each.isBridge())
            .map(each -> each.toGenericString());
    return Stream.of(fields, constructors, methods)
        .flatMap(all -> all)
        .map(line -> "  " + line)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isPublished(Member member) {
    int modifiers = member.getModifiers();
    return !member.isSynthetic()
        && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
  }
}
