package dev.flightlog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and configurations of the guide, as they stand there. */
class DocumentedLoggingTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "logging.md");

  @TempDir Path folder;

  /** The blocks of the guide in this language. */
  private static List<String> blocks(String language) throws Exception {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(GUIDE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private static String block(String language, String start) throws Exception {
    return blocks(language).stream()
        .filter(block -> block.startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theProgramsLogAsTheGuideSays() throws Exception {
    Files.writeString(folder.resolve("logback.xml"), block("xml", "<configuration>"));
    int number = 0;
    for (String code : blocks("java")) {
      runs(code, ++number);
    }
    assertThat(number).isEqualTo(2);
    Path run = folder.resolve("runs/baes/abc123");
    assertThat(Configured.lines(run.resolve("logs/step_003/adapter.log")))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"tokens\":1234"));
    assertThat(Files.readString(run.resolve("logs_summary.txt")))
        .contains("Step 001: SUCCESS", "Step 003: SUCCESS");
    assertThat(Configured.lines(folder.resolve("runs/baes/abc124/logs/step_001/adapter.log")))
        .singleElement()
        .asString()
        .contains("asked in step 1", "\"tokens\":1234");
  }

  private void runs(String code, int number) throws Exception {
    String imports =
        code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String rest =
        code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    Path program = folder.resolve("Page" + number + ".java");
    Files.writeString(
        program,
        imports
            + "\npublic class Page"
            + number
            + " { public static void main(String[] arguments) throws Exception {\n"
            + rest
            + "\n} }\n");
    ProcessBuilder start =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
            "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.toString());
    start.directory(folder.toFile());
    start.environment().put("FLIGHTLOG_HOME", folder.resolve("home").toString());
    Path messages = folder.resolve("messages" + number);
    Process process = start.redirectErrorStream(true).redirectOutput(messages.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(messages)).isZero();
    assertThat(Files.readString(messages)).doesNotContain("ERROR", "WARN");
  }

  @Test
  void log4jWritesRunsThatAreReadAsOurs() throws Exception {
    Path template = Files.writeString(folder.resolve("flightlog-run.json"), block("json", "{"));
    String xml =
        block("xml", "<Configuration")
            .replace("fileName=\"runs/", "fileName=\"" + folder + "/runs/")
            .replace("classpath:flightlog-run.json", template.toUri().toString());
    LoggerContext context = new LoggerContext("runs");
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    context.start(
        new XmlConfiguration(context, new ConfigurationSource(new ByteArrayInputStream(bytes))));
    try {
      Logger logger = context.getLogger("com.example.client.Http");
      ThreadContext.put("flightlog.run", "abc123");
      for (int step = 1; step <= 12; step++) {
        ThreadContext.put("flightlog.step", String.format(java.util.Locale.ROOT, "%03d", step));
        logger.info("asked {}", "some-model");
      }
      logger.warn("slow");
      logger.error("failed", new IllegalStateException("no \"branch\""));
    } finally {
      ThreadContext.clearAll();
      context.stop();
    }
    RunFolder run = RunFolder.of(folder.resolve("runs"), "default", "abc123");
    assertThat(Configured.lines(run.step(12).resolve("com.example.client.Http.log")))
        .hasSize(3)
        .first()
        .asString()
        .contains(
            "\"level\":\"INFO\",\"run_id\":\"abc123\",\"step\":\"012\",\"component\":\"Http\","
                + "\"message\":\"asked some-model\"",
            "+00:00\"");
    RunRecord record = RunLogs.read(run);
    assertThat(record.runId()).isEqualTo("abc123");
    assertThat(record.total().errors()).isEqualTo(1);
    assertThat(record.steps()).singleElement().extracting(step -> step.number()).isEqualTo(12L);
    assertThat(record.remarks())
        .anyMatch(remark -> remark.toString().contains("IllegalStateException"));
  }
}
