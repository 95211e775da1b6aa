package dev.flightlog.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.IndexedTask;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskCsvTest {
  private static IndexedTask task(
      @Nullable String user,
      @Nullable String request,
      @Nullable String agent,
      @Nullable Double confidence,
      Map<String, Double> evaluations,
      @Nullable Boolean success,
      @Nullable Long millis,
      @Nullable String error) {
    return new IndexedTask(
        "t",
        "events",
        null,
        Instant.parse("2024-01-15T10:30:00Z"),
        null,
        null,
        TaskStatus.QUEUED,
        user,
        request,
        agent,
        null,
        null,
        confidence,
        evaluations,
        success,
        millis,
        null,
        error);
  }

  private static String line(IndexedTask task) throws IOException {
    StringBuilder out = new StringBuilder();
    new TaskCsv(out).write(task);
    return out.substring(out.toString().indexOf('\n') + 1 + "2024-01-15T10:30:00Z,".length());
  }

  @Test
  void theOthersStandSurestFirstAndNumbersAreShort() throws IOException {
    Map<String, Double> all = Map.of("Builder", 0.15, "Grok", 0.92, "Writer", 0.3, "Abe", 0.155);
    assertThat(line(task("U1", "Go", "Grok", 0.92, all, true, 45_200L, null)))
        .isEqualTo("U1,\"Go\",Grok,92,\"Writer:30;Abe:15.5;Builder:15\",true,45.2,\n");
    assertThat(line(task("U1", "Go", "Grok", 0.29, Map.of("Grok", 0.29), false, 60_000L, "no")))
        .isEqualTo("U1,\"Go\",Grok,29,,false,60,\"no\"\n");
  }

  @Test
  void aTaskThatNobodyHasEndsInItsReason() throws IOException {
    assertThat(line(task(null, "Go", null, null, Map.of("a", 0.1), false, null, "No one")))
        .isEqualTo(",\"Go\",,,,false,0,\"No one\"\n");
    assertThat(line(task(null, null, null, null, Map.of(), null, null, null)))
        .isEqualTo(",,,,,false,0,\"No agent assigned\"\n");
  }

  @Test
  void aTaskAtWorkHasNeitherSuccessNorTime() throws IOException {
    assertThat(line(task("U1", "Go", "Grok", 0.5, Map.of(), null, null, null)))
        .isEqualTo("U1,\"Go\",Grok,50,,,,\n");
  }

  @Test
  void noCellIsAFormulaAndNoTextLeavesItsCell() throws IOException {
    for (String evil :
        new String[] {"=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "  =1", "\n@x", "\uff1d1"}) {
      IndexedTask task =
          task(evil, evil, evil, 1.0, Map.of(evil, 1.0, evil + "2", 0.5), true, 1L, evil);
      for (String cell : line(task).split(",(?=[^\\n]*)", -1)) {
        assertThat(cell.replaceFirst("^\"", "").stripLeading())
            .as(evil)
            .doesNotStartWith("=")
            .doesNotStartWith("+")
            .doesNotStartWith("-")
            .doesNotStartWith("@")
            .doesNotStartWith("\uff1d");
      }
    }
    assertThat(
            line(
                task("a,b", "say \"hi\"\r\nthere", "x;y", 1.0, Map.of("p;q", 0.1), true, 0L, null)))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\r\nthere\",x;y,100,\"p,q:10\",true,0,\n");
  }
}
