package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskExportTest {
  private static final String LOG =
      """
      {"timestamp":"2024-01-15T10:30:00","event_type":"task_request","user_id":"U123456","request":"Research quantum computing","channel_id":"C1","thread_ts":"1705314600.000100"}
      {"timestamp":"2024-01-15T10:30:02","event_type":"evaluations","thread_ts":"1705314600.000100","evaluations":{"Builder":15,"Grok":92,"Writer":30},"assigned_to":"Grok","max_confidence":92}
      {"timestamp":"2024-01-15T10:30:47","event_type":"task_complete","thread_ts":"1705314600.000100","agent":"Grok","success":true,"execution_time":45.2}
      {"timestamp":"2024-01-15T10:31:00","event_type":"task_request","user_id":"U789012","request":"Write a poem","channel_id":"C1","thread_ts":"1705314660.000200"}
      {"timestamp":"2024-01-15T10:31:01","event_type":"evaluations","thread_ts":"1705314660.000200","evaluations":[{"agent":"Grok","confidence":20},{"agent":"Writer","confidence":95}],"assigned_to":"Writer","max_confidence":95}
      {"timestamp":"2024-01-15T10:31:24","event_type":"task_complete","thread_ts":"1705314660.000200","agent":"Writer","success":true,"execution_time":23.1,"error_message":null}
      {"timestamp":"2024-01-15T10:32:00","event_type":"task_request","user_id":"U345678","request":"Unknown request","channel_id":"C1","thread_ts":"1705314720.000300"}
      {"timestamp":"2024-01-15T10:32:01","event_type":"evaluations","thread_ts":"1705314720.000300","evaluations":{},"assigned_to":null,"max_confidence":0}
      """;
  private static final String ROWS =
      """
      timestamp,user_id,request,assigned_agent,confidence,other_agents_confidence,success,execution_time,error_message
      2024-01-15T10:30:00Z,U123456,"Research quantum computing",Grok,92,"Writer:30;Builder:15",true,45.2,
      2024-01-15T10:31:00Z,U789012,"Write a poem",Writer,95,"Grok:20",true,23.1,
      2024-01-15T10:32:00Z,U345678,"Unknown request",,,,false,0,"No agent confident enough"
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void importLog() throws IOException {
    shell = new Shell(folder);
    Path log = Files.writeString(folder.resolve("task_logs.jsonl"), LOG);
    assertThat(shell.call("import", log.toString())).as(shell.err).isZero();
  }

  @Test
  void theSimpleTaskLogComesOutAsTheTableThatPeopleKnow() throws IOException {
    assertThat(shell.call("export", "tasks", "--csv")).as(shell.err).isZero();
    assertThat(shell.out).isEqualTo(ROWS);
    Path file = folder.resolve("report.csv");
    assertThat(shell.call("export", "tasks", "--csv", file.toString())).as(shell.err).isZero();
    assertThat(file).hasContent(ROWS);
    assertThat(shell.out).isEmpty();
    assertThat(folder.resolve("report.csv.part")).doesNotExist();
  }

  @Test
  void theSpanIsThatOfTheRequest() {
    shell.call(
        "export", "tasks", "--since", "2024-01-15T10:31:00Z", "--until", "2024-01-15T10:32Z");
    assertThat(shell.out.lines()).hasSize(2);
    assertThat(shell.out).contains("Write a poem");
  }

  @Test
  void tasksThatAreRecordedLaterAreInTheNextExport() {
    shell.call("export", "tasks");
    shell.call("record", "task_request", "--field", "task_id=t1", "--field", "request==1+1");
    assertThat(shell.call("export", "tasks")).isZero();
    assertThat(shell.out).startsWith(ROWS).contains(",\"'=1+1\",,,,false,0,\"No agent assigned\"");
  }

  @Test
  void eventsHaveTheirFieldsAsColumns() {
    assertThat(shell.call("export", "events", "--csv")).as(shell.err).isZero();
    assertThat(shell.out.lines()).hasSize(14);
    assertThat(shell.out).startsWith("event_id,timestamp,event_type,category,");
    assertThat(shell.out).contains(",task_outcome,execution,").contains(",Grok,1705314600.000100,");
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    assertThat(shell.call("export", "agents")).isEqualTo(2);
    assertThat(shell.call("export", "tasks", "/no/such/folder/x.csv")).isEqualTo(2);
    assertThat(shell.err).contains("/no/such/folder/x.csv");
    assertThat(shell.call("export", "tasks", "--format", "json")).isEqualTo(2);
  }

  @Test
  void statsTellsWindowsAndAllTime() {
    assertThat(shell.call("stats")).as(shell.err).isZero();
    assertThat(shell.out)
        .contains("all time  3 requests, 2 outcomes, 100.0 % succeeded, p50 ")
        .contains("  Grok: 1 outcome, 100.0 % succeeded")
        .contains("last 1m   0 requests, 0 outcomes\n");
    assertThat(shell.call("stats", "Writer", "--format", "json")).isZero();
    assertThat(shell.out)
        .contains("\"window\":\"all\"")
        .contains("\"outcomes\":1,\"succeeded\":1")
        .contains("\"p50_ms\":23100")
        .doesNotContain("Grok");
    assertThat(shell.call("stats", "Nobody", "--format", "csv")).isZero();
    assertThat(shell.err).contains("no task of Nobody");
  }
}
