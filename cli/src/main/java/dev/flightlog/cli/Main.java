package dev.flightlog.cli;

import dev.flightlog.analysis.wording.Nearest;
import dev.flightlog.analysis.wording.SafeText;
import dev.flightlog.cli.settings.Settings.SettingsException;
import dev.flightlog.store.StoreException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code flightlog}: finds the command, runs it, and turns every failure into one
 * message and an exit code: 0 done, 1 failed, 2 usage, 3 done but something was set aside.
 */
public final class Main {
  private Main() {}

  /** Runs the command that the words name, and exits. */
  public static void main(String[] words) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    boolean terminal = Boolean.getBoolean("flightlog.terminal");
    int code =
        run(words, new Console(System.in, out, err, System.getenv(), Clock.systemUTC(), terminal));
    out.flush();
    if (out.checkError() && code == Failure.OK) {
      code = Failure.FAILED;
    }
    err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Runs the command that the words name; throws nothing. */
  static int run(String[] words, Console console) {
    try {
      return parsed(words, console);
    } catch (Failure e) {
      console.say(message(e));
      return e.exitCode();
    } catch (SettingsException | StoreException e) {
      console.say(message(e));
      return Failure.FAILED;
    } catch (InterruptedException e) {
      return Failure.FAILED;
    } catch (IOException e) {
      console.say("reading or writing failed: " + e);
      return Failure.FAILED;
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      console.say("this is a fault of Flightlog, please report it: " + String.valueOf(e));
      for (StackTraceElement frame : e.getStackTrace()) {
        console.err().println("    at " + frame);
      }
      return Failure.FAILED;
    } finally {
      console.err().flush();
    }
  }

  private static int parsed(String[] words, Console console) throws Exception {
    CommandLine line = new CommandLine(spec(named(words)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    ParseResult root;
    try {
      root = line.parseArgs(words);
    } catch (UnmatchedArgumentException e) {
      if (named(words) == null) {
        throw unknownCommand(e.getUnmatched().getFirst());
      }
      throw Failure.usage(
          message(e)
              + "\n  see: "
              + e.getCommandLine().getCommandSpec().qualifiedName()
              + " --help");
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      throw Failure.usage(message(e) + "\n  see: " + name + " --help");
    }
    if (root.isVersionHelpRequested()) {
      line.printVersionHelp(console.out());
      return Failure.OK;
    }
    ParseResult chosen = root.subcommand();
    if (root.isUsageHelpRequested() || chosen == null) {
      new CommandLine(spec(null))
          .usage(chosen == null && words.length == 0 ? console.err() : console.out());
      return root.isUsageHelpRequested() ? Failure.OK : Failure.USAGE;
    }
    if (chosen.isUsageHelpRequested()) {
      chosen.commandSpec().commandLine().usage(console.out());
      return Failure.OK;
    }
    Command command = (Command) chosen.commandSpec().userObject();
    return command.run(new Call(root, chosen, console));
  }

  private static Failure unknownCommand(String word) {
    List<String> nearest = Nearest.to(word, Commands.ALL.keySet(), 1);
    return Failure.usage(
        "there is no command '"
            + SafeText.shortened(word, 40)
            + "'"
            + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?")
            + "\n  there are: "
            + String.join(", ", Commands.ALL.keySet()));
  }

  /** The one command whose name is among the words, so that only it is built; null when none is. */
  private static @Nullable String named(String[] words) {
    for (String word : words) {
      if (Commands.ALL.containsKey(word)) {
        return word;
      }
    }
    return null;
  }

  /** The whole definition, or with a name only that command's. */
  static CommandSpec spec(@Nullable String only) {
    CommandSpec root = CommandSpec.create().name("flightlog");
    root.usageMessage()
        .description(
            "The flight recorder for AI agents: what they did, what it cost, what goes wrong.")
        .footer(
            "",
            "Start with:  flightlog quickstart",
            "Exit codes:  0 done, 1 failed, 2 usage, 3 done but something was set aside")
        .width(100);
    root.versionProvider(() -> new String[] {"flightlog " + version()});
    GlobalOptions.addTo(root);
    root.addOption(
        OptionSpec.builder("--version").versionHelp(true).description("print the version").build());
    Commands.ALL.forEach((name, command) -> {
      if (only == null || only.equals(name)) {
        Command instance = command.get();
        CommandSpec spec = GlobalOptions.addTo(instance.spec());
        spec.usageMessage().width(100);
        CommandLine line = new CommandLine(spec);
        root.addSubcommand(name, line);
      }
    });
    return root;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(from sources)" : version;
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
