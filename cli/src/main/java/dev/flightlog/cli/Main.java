package dev.flightlog.cli;

import dev.flightlog.cli.arguments.Arguments;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.arguments.UsageException;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Console;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Version;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.store.StoreException;
import dev.flightlog.tasks.index.TaskIndexException;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The program {@code flightlog}: finds the command, runs it, and turns every failure into one
 * message and an exit code: 0 done, 1 failed, 2 usage, 3 done but something was set aside.
 */
public final class Main {
  private Main() {}

  /** Runs the command that the words name, and exits. */
  public static void main(String[] words) {
    WatchedOutput data = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(data, false, StandardCharsets.UTF_8);
    PrintStream err = stream(FileDescriptor.err);
    boolean terminal = Boolean.getBoolean("flightlog.terminal");
    int code =
        run(
            words,
            new Console(
                System.in,
                out,
                err,
                System.getenv(),
                Clock.systemUTC(),
                terminal,
                Terminal.screen(System.getProperty("flightlog.screen"), System.getenv())));
    out.flush();
    if (out.checkError() && code == CommandException.OK) {
      code = CommandException.FAILED;
      data.failure()
          .ifPresent(why -> err.println("flightlog: the output could not be written: " + why));
    }
    err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Runs the command that the words name; throws nothing. */
  static int run(String[] words, Console outer) {
    Console console = outer.about(Syntax.valueOf("--home", List.of(words)));
    try {
      return called(List.of(words), console);
    } catch (CommandException e) {
      console.say(message(e));
      return e.exitCode();
    } catch (UsageException e) {
      console.say(message(e));
      return CommandException.USAGE;
    } catch (HomeException | StoreException | TaskIndexException e) {
      console.say(message(e));
      return CommandException.FAILED;
    } catch (InterruptedException e) {
      return CommandException.FAILED;
    } catch (IOException e) {
      console.say("reading or writing failed: " + e);
      return CommandException.FAILED;
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      console.say("this is a fault of Flightlog, please report it: " + String.valueOf(e));
      for (StackTraceElement frame : e.getStackTrace()) {
        console.err().println("    at " + frame);
      }
      return CommandException.FAILED;
    } finally {
      console.err().flush();
    }
  }

  private static int called(List<String> words, Console console) throws Exception {
    int at = indexOfCommand(words);
    if (at < 0) {
      return withoutCommand(words, console);
    }
    if (words.get(at).equals("help")) {
      List<String> asked = new ArrayList<>(words);
      asked.set(at, "--help");
      return called(asked, console);
    }
    Supplier<Command> supplier = Commands.ALL.get(words.get(at));
    if (supplier == null) {
      throw unknownCommand(words.get(at));
    }
    Command command = supplier.get();
    List<String> rest = new ArrayList<>(words);
    rest.remove(at);
    Arguments given = command.syntax().read(rest);
    if (given.flag("--help")) {
      console.out().print(command.help(given, console.width()));
      return CommandException.OK;
    }
    return command.run(new Invocation(given, console));
  }

  /** Options that every command takes may stand before its name. */
  private static int indexOfCommand(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-")) {
        return i;
      }
      if (Syntax.takesValueEverywhere(word)) {
        i++;
      }
    }
    return -1;
  }

  private static int withoutCommand(List<String> words, Console console) {
    if (words.contains("--version")) {
      console.out().println("flightlog " + Version.text());
      return CommandException.OK;
    }
    boolean help = words.contains("--help") || words.contains("-h");
    (help ? console.out() : console.err()).print(overview());
    return help ? CommandException.OK : CommandException.USAGE;
  }

  /** The page that {@code flightlog --help} prints. */
  static String overview() {
    StringBuilder out =
        new StringBuilder("Usage: flightlog COMMAND [options]\n")
            .append(
                "The flight recorder for AI agents: what they did, what it cost, what goes wrong.\n\n");
    Commands.ALL.forEach((name, command) -> {
      out.append("  ").append(name).append(" ".repeat(12 - name.length()));
      out.append(command.get().syntax().summary()).append('\n');
    });
    return out.append("\nflightlog COMMAND --help explains one; --version prints the version.\n")
        .append("Start with:  flightlog quickstart\n")
        .append("Exit codes:  0 done, 1 failed, 2 usage, 3 done but something was set aside\n")
        .toString();
  }

  private static CommandException unknownCommand(String word) {
    List<String> nearest = Nearest.to(word, Commands.ALL.keySet(), 1);
    return CommandException.usage(
        "there is no command '"
            + SafeText.shortened(word, 40)
            + "'"
            + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?")
            + "\n  there are: "
            + String.join(", ", Commands.ALL.keySet()));
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
