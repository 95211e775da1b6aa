package dev.flightlog.cli.tasks;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.sharing.HtmlPage;
import dev.flightlog.analysis.sharing.MarkdownPage;
import dev.flightlog.analysis.sharing.SharedSession;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.questions.HomeAnswerer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code export session}: one session as one file, shown before it is written. Stateless. */
final class SessionExport {
  private SessionExport() {}

  static int run(Invocation call) throws IOException {
    if (call.arguments().size() != 2) {
      throw CommandException.usage(
          "'export session' needs the id of a session; flightlog ask sessions lists them");
    }
    String html = call.option("--html");
    String markdown = call.option("--markdown");
    if ((html == null) == (markdown == null)) {
      throw CommandException.usage("'export session' needs --html FILE or --markdown FILE");
    }
    Path file = Path.of(html == null ? String.valueOf(markdown) : html).toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw CommandException.usage(
          "there is no folder for " + file + ": make it, or name another file");
    }
    Dates dates = new Dates(call.settings().zone());
    SharedSession session = session(call);
    String page = html == null ? MarkdownPage.of(session, dates) : HtmlPage.of(session, dates);
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    review(session, bytes.length, call);
    if (!call.flag("--yes")) {
      call.console()
          .say(
              file
                  + " was not written: look at what will be in it, then call the same with --yes; and read"
                  + " the file before you give it away");
      return CommandException.OK;
    }
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw CommandException.failed(
          file + " cannot be written (" + e.getMessage() + "): check its folder");
    }
    call.console().say("written: " + file);
    return CommandException.OK;
  }

  private static SharedSession session(Invocation call) {
    try (Index index = Index.fresh(call.home())) {
      return SharedSession.of(
          index.store(),
          call.home().redactor(),
          HomeAnswerer.pricing(call.home()),
          call.arguments().get(1));
    } catch (NotFoundException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void review(SharedSession session, int bytes, Invocation call) {
    Table table = new Table(List.of("in_the_file", "value"), 200);
    session.review().forEach((name, value) -> add(table, name, value));
    table.add("bytes", (long) bytes);
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
  }

  private static void add(Table table, String name, @Nullable Object value) {
    if (value != null) {
      table.add(name, value);
    }
  }
}
