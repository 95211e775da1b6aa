package dev.flightlog.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The table of commands, in the order in which help lists them. */
final class Commands {
  static final Map<String, Supplier<Command>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("quickstart", QuickstartCommand::new);
    ALL.put("record", RecordCommand::new);
    ALL.put("import", ImportCommand::new);
    ALL.put("ask", AskCommand::new);
    ALL.put("patterns", PatternsCommand::new);
    ALL.put("remedies", RemediesCommand::new);
    ALL.put("search", SearchCommand::new);
    ALL.put("sql", SqlCommand::new);
    ALL.put("tail", TailCommand::new);
    ALL.put("stats", StatsCommand::new);
    ALL.put("export", ExportCommand::new);
    ALL.put("reindex", ReindexCommand::new);
    ALL.put("mcp", McpCommand::new);
    ALL.put("install", InstallCommand::new);
    ALL.put("task", TaskCommand::new);
    ALL.put("worker", WorkerCommand::new);
    ALL.put("serve", ServeCommand::new);
    ALL.put("doctor", DoctorCommand::new);
  }

  private Commands() {}
}
