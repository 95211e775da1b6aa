package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void aRowEndsInALineFeedAndAnUnknownValueIsEmpty() {
    assertThat(Csv.row("a", 1, null, true)).isEqualTo("a,1,,true\n");
  }

  @Test
  void whatSeparatesCellsStaysInItsCell() {
    assertThat(Csv.row("a,b", "say \"hi\"", "two\nlines", " blank", "end ", "a\tb"))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" blank\",\"end \",\"a\tb\"\n");
  }

  @Test
  void whatPeopleWroteStandsBetweenQuotesWhenItSaysSomething() {
    assertThat(Csv.row(new Csv.Quoted("Go"), new Csv.Quoted(""), new Csv.Quoted(null)))
        .isEqualTo("\"Go\",,\n");
  }

  @Test
  void noTextIsAFormulaAndANumberStaysOne() {
    for (String evil : new String[] {"=1+1", "+1", "-1", "@A1", "  =1", "\uff1d1"}) {
      assertThat(Csv.cell(evil).replace("\"", "")).as(evil).startsWith("'");
    }
    for (String evil : new String[] {"\t=1", "\n@x", "\r\n=1"}) {
      assertThat(Csv.cell(evil)).as(evil).startsWith("\"'");
    }
    assertThat(Csv.row(-1, 1.5)).isEqualTo("-1,1.5\n");
  }

  @Test
  void noControlCharacterReachesATerminal() {
    assertThat(Csv.cell("\u001b]0;x\u0007 \u009b31m \u0000 \u007f \u202e"))
        .isEqualTo("\\u001b]0;x\\u0007 \\u009b31m \\u0000 \\u007f \\u202e");
    assertThat(Csv.cell("over\rwritten")).isEqualTo("over\\rwritten");
    assertThat(Csv.cell("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
  }
}
