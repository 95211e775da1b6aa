package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RoomsTest {
  @Test
  void everyRoomIsInTheReadmesTable() {
    String readme = Tree.text("README.md");
    assertThat(roomsWhere(room -> !readme.contains("| [`" + room + "/`](" + room + "/) |")))
        .isEmpty();
  }

  @Test
  void everyRoomHasAReadme() {
    assertThat(roomsWhere(room -> !exists(room + "/README.md"))).isEmpty();
  }

  @Test
  void everyRoomThatRunsOrIsPublishedIsAModule() {
    assertThat(
            roomsWhere(room ->
                !Rooms.BESIDE.contains(room)
                    && !Rooms.AUTOMATIC.contains(room)
                    && !exists(room + "/src/main/java/module-info.java")))
        .isEmpty();
  }

  @Test
  void aRoomThatIsNoModuleHasTheNameOfOneInItsJar() {
    for (String room : Rooms.AUTOMATIC) {
      assertThat(Tree.text(room + "/pom.xml"))
          .contains(
              "<Automatic-Module-Name>dev.flightlog."
                  + room.replace("-", "")
                  + "</Automatic-Module-Name>");
    }
  }

  private static boolean exists(String path) {
    return Files.exists(Tree.ROOT.resolve(path));
  }

  private static List<String> roomsWhere(Predicate<String> wrong) {
    List<String> rooms = Rooms.modules();
    assertThat(rooms.size()).isGreaterThan(10);
    return rooms.stream().filter(wrong).toList();
  }
}
