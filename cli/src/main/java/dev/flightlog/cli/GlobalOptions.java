package dev.flightlog.cli;

import dev.flightlog.cli.output.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command takes, before or behind its name. */
final class GlobalOptions {
  private GlobalOptions() {}

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("--home")
                .type(String.class)
                .paramLabel("DIR")
                .description("where Flightlog keeps everything (FLIGHTLOG_HOME, else ~/.flightlog)")
                .build())
        .addOption(
            OptionSpec.builder("--format")
                .type(Format.class)
                .paramLabel("text|json|csv")
                .description("text for people and agents (default), json and csv for programs")
                .build())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("explain, with an example")
                .build());
  }
}
