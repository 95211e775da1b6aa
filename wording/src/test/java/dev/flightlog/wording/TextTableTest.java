package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void wideCharactersTakeTwoPlacesAndMarksNone() {
    assertThat(TextTable.width("日本")).isEqualTo(4);
    assertThat(TextTable.width("e\u0301")).isEqualTo(1);
    assertThat(TextTable.width("\ud83d\ude80")).isEqualTo(2);
  }

  @Test
  void columnsAreAlignedWhateverTheirCharacters() {
    StringBuilder out = new StringBuilder();
    TextTable.append(
        out,
        List.of(new String[] {"name", "n"}, new String[] {"日本", "12"}, new String[] {"plain", "3"}),
        new boolean[] {false, true});
    assertThat(out).hasToString("name    n\n日本   12\nplain   3\n");
  }
}
