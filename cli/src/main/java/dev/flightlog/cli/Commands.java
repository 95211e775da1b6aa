package dev.flightlog.cli;

import dev.flightlog.cli.alerts.AlertsCommand;
import dev.flightlog.cli.alerts.BudgetCommand;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.data.DoctorCommand;
import dev.flightlog.cli.data.ImportCommand;
import dev.flightlog.cli.data.PricesCommand;
import dev.flightlog.cli.data.PullCommand;
import dev.flightlog.cli.data.QuickstartCommand;
import dev.flightlog.cli.data.RecordCommand;
import dev.flightlog.cli.data.ReindexCommand;
import dev.flightlog.cli.data.SourcesCommand;
import dev.flightlog.cli.forwarding.MigrateCommand;
import dev.flightlog.cli.forwarding.ShipCommand;
import dev.flightlog.cli.lifecycle.ArchiveCommand;
import dev.flightlog.cli.lifecycle.DeleteCommand;
import dev.flightlog.cli.questions.AskCommand;
import dev.flightlog.cli.questions.PatternsCommand;
import dev.flightlog.cli.questions.RemediesCommand;
import dev.flightlog.cli.questions.SearchCommand;
import dev.flightlog.cli.questions.SqlCommand;
import dev.flightlog.cli.questions.TailCommand;
import dev.flightlog.cli.revision.ReportCommand;
import dev.flightlog.cli.revision.ReviseCommand;
import dev.flightlog.cli.rules.RulesCommand;
import dev.flightlog.cli.runs.RunCommand;
import dev.flightlog.cli.serving.InstallCommand;
import dev.flightlog.cli.serving.McpCommand;
import dev.flightlog.cli.serving.ServeCommand;
import dev.flightlog.cli.serving.StatuslineCommand;
import dev.flightlog.cli.serving.UninstallCommand;
import dev.flightlog.cli.tasks.ExportCommand;
import dev.flightlog.cli.tasks.StatsCommand;
import dev.flightlog.cli.tasks.TaskCommand;
import dev.flightlog.cli.tasks.WorkerCommand;
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
    ALL.put("rules", RulesCommand::new);
    ALL.put("search", SearchCommand::new);
    ALL.put("sql", SqlCommand::new);
    ALL.put("tail", TailCommand::new);
    ALL.put("stats", StatsCommand::new);
    ALL.put("export", ExportCommand::new);
    ALL.put("sources", SourcesCommand::new);
    ALL.put("prices", PricesCommand::new);
    ALL.put("budget", BudgetCommand::new);
    ALL.put("alerts", AlertsCommand::new);
    ALL.put("statusline", StatuslineCommand::new);
    ALL.put("revise", ReviseCommand::new);
    ALL.put("report", ReportCommand::new);
    ALL.put("archive", ArchiveCommand::new);
    ALL.put("delete", DeleteCommand::new);
    ALL.put("run", RunCommand::new);
    ALL.put("reindex", ReindexCommand::new);
    ALL.put("ship", ShipCommand::new);
    ALL.put("migrate", MigrateCommand::new);
    ALL.put("pull", PullCommand::new);
    ALL.put("mcp", McpCommand::new);
    ALL.put("install", InstallCommand::new);
    ALL.put("uninstall", UninstallCommand::new);
    ALL.put("task", TaskCommand::new);
    ALL.put("worker", WorkerCommand::new);
    ALL.put("serve", ServeCommand::new);
    ALL.put("completion", CompletionCommand::new);
    ALL.put("manpage", ManpageCommand::new);
    ALL.put("doctor", DoctorCommand::new);
  }

  private Commands() {}
}
