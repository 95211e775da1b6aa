package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What javac's lint {@code exports} would demand, were it not for the annotations of jspecify. */
class ModulesTest {
  private static final String OURS = "dev.flightlog.";

  /** What a room's module-info says: the packages it exports, the modules it hands on. */
  private record Module(Set<String> exported, Set<String> required, Set<String> handedOn) {}

  private static final Map<String, Module> MODULES = modules();

  @Test
  void whoUsesARoomNeedsNoAnnotationsOnHisModulePath() {
    MODULES.forEach((room, module) -> {
      assertThat(module.handedOn()).as(room).doesNotContain("org.jspecify");
      assertThat(Tree.text(info(room))).as(room).contains("requires static org.jspecify;");
    });
  }

  @Test
  void whatARoomExportsNamesOnlyTypesThatItsUsersCanRead() {
    Set<String> wrong = new TreeSet<>();
    int seen = 0;
    for (JavaClass type : Tree.CLASSES) {
      String room = Rooms.of(type);
      if (Rooms.AUTOMATIC.contains(room) || !readable(type, room) || !reachable(type)) {
        continue;
      }
      seen++;
      Set<String> rooms = handedOn(room);
      types(type)
          .filter(named -> named.getPackageName().startsWith(OURS))
          .filter(named -> rooms.stream().noneMatch(from -> readable(named, from)))
          .forEach(named -> wrong.add(type.getName() + " names " + named.getName()));
    }
    assertThat(seen).isGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  @Test
  void aRoomRequiresOnlyRoomsThatItMayKnow() {
    Map<String, Set<String>> mayKnow = Rooms.mayKnow();
    mayKnow.keySet().removeAll(Rooms.AUTOMATIC);
    mayKnow.forEach((room, known) ->
        assertThat(known.stream().map(ModulesTest::module).toList())
            .as("module-info of %s", room)
            .containsAll(ours(of(room).required())));
  }

  private static Module of(String room) {
    return Objects.requireNonNull(MODULES.get(room), room);
  }

  private static boolean readable(JavaClass type, String room) {
    return Rooms.of(type).equals(room) && of(room).exported().contains(type.getPackageName());
  }

  /** Public, and so is every class it is nested in. */
  private static boolean reachable(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ModulesTest::reachable).orElse(true);
  }

  private static Stream<JavaClass> types(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> members =
        type.getCodeUnits().stream().filter(ModulesTest::published).flatMap(ModulesTest::signature);
    Stream<JavaType> fields =
        type.getFields().stream()
            .filter(field -> published(field.getModifiers()))
            .map(field -> field.getType());
    return Stream.of(parents, members, fields)
        .flatMap(all -> all)
        .flatMap(named -> named.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType);
  }

  private static Stream<JavaType> signature(JavaCodeUnit unit) {
    return Stream.concat(
        Stream.of(unit.getReturnType()),
        Stream.concat(unit.getParameterTypes().stream(), unit.getExceptionTypes().stream()));
  }

  private static boolean published(JavaCodeUnit unit) {
    return published(unit.getModifiers());
  }

  private static boolean published(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  /** The room, and those that its module hands on to its users, however far. */
  private static Set<String> handedOn(String room) {
    Set<String> found = new HashSet<>(Set.of(room));
    for (String module : ours(of(room).handedOn())) {
      found.addAll(handedOn(room(module)));
    }
    return found;
  }

  private static Set<String> ours(Set<String> modules) {
    return modules.stream().filter(name -> name.startsWith(OURS)).collect(Collectors.toSet());
  }

  private static Map<String, Module> modules() {
    Map<String, Module> found = new TreeMap<>();
    for (String room : Rooms.modules()) {
      if (!Rooms.BESIDE.contains(room) && !Rooms.AUTOMATIC.contains(room)) {
        String text = Tree.text(info(room));
        assertThat(text).contains("module " + module(room) + " {");
        found.put(
            room,
            new Module(
                names(text, "exports "),
                names(text, "requires (?:static |transitive )*"),
                names(text, "requires (?:static )?transitive ")));
      }
    }
    return found;
  }

  private static Set<String> names(String text, String before) {
    return Pattern.compile("(?m)^  " + before + "([a-z0-9.]+);")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String info(String room) {
    return room + "/src/main/java/module-info.java";
  }

  private static String module(String room) {
    return OURS + room.replace('/', '.');
  }

  private static String room(String module) {
    return module.substring(OURS.length()).replace('.', '/');
  }
}
