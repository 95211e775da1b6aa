package dev.flightlog.cli.forwarding;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.HomeMigration;
import dev.flightlog.shipping.migration.Proof;
import dev.flightlog.store.StoreException;
import dev.flightlog.wording.Units;
import java.util.List;

/** {@code migrate}: a history moved into another store, and the proof that it is the same. */
public final class MigrateCommand implements Command {
  private static final long TOLD_EVERY = 100_000;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "migrate",
            "Copy a history from one store into another, and read every event back: counts and hashes of both sides are"
                + " compared by day, category, outcome and project. FROM and TO are sqlite (the index of this home),"
                + " clickhouse (the store that store.address names), or addresses. What is there already is not copied"
                + " again, so that a migration that was ended anywhere is simply run again; the old store stays as it is.")
        .takes("FROM TO", 2, 2)
        .example(
            "flightlog migrate sqlite clickhouse://me@db1,db2/flightlog",
            "FLIGHTLOG_STORE_ADDRESS=clickhouse://me@db1/flightlog flightlog migrate sqlite clickhouse",
            "flightlog migrate sqlite clickhouse --format json");
  }

  @Override
  public Launch launch() {
    return Launch.IMPORT;
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    HomeMigration migration = new HomeMigration(call.home(), words.get(0), words.get(1));
    long[] told = {0};
    Proof proof;
    try {
      proof =
          migration.run(done -> {
            if (done - told[0] >= TOLD_EVERY) {
              told[0] = done;
              call.console().say(Units.count(done, "event") + " compared");
            }
          });
    } catch (StoreException e) {
      throw CommandException.failed(e.getMessage() + "; run it again: it goes on where it stopped");
    }
    if (call.format() == Format.JSON) {
      call.console().out().println(json(migration, proof));
    } else {
      print(call, migration, proof);
    }
    call.console().out().flush();
    return proof.holds() ? CommandException.OK : CommandException.FAILED;
  }

  private static void print(Invocation call, HomeMigration migration, Proof proof) {
    Table table = new Table(List.of("by", "name", "source", "target", "hash", "equal"));
    for (Proof.Group group : proof.groups()) {
      boolean same = group.source().hash().equals(group.target().hash());
      table.add(
          group.by(),
          group.name(),
          Units.count(group.source().events()),
          Units.count(group.target().events()),
          same
              ? group.source().hash().substring(0, 12)
              : group.source().hash().substring(0, 12)
                  + " / "
                  + group.target().hash().substring(0, 12),
          group.isEqual() ? "yes" : "NO");
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    if (call.format() != Format.TEXT) {
      return;
    }
    var out = call.console().out();
    out.println();
    out.println(
        Units.count(proof.all().source().events(), "event")
            + " of "
            + migration.from()
            + ", "
            + Units.count(proof.copied())
            + " of them copied now, the others were there");
    if (proof.holds()) {
      out.println("Equal. From now on: store.address = " + migration.to() + " in config.json;");
      out.println(
          "journals and sources are then read anew, and change nothing. The old store stays.");
      return;
    }
    if (!proof.missing().isEmpty()) {
      out.println(
          "NOT EQUAL: the target does not have "
              + String.join(", ", proof.missing())
              + "; were they forgotten there?");
    }
    if (!proof.conflicts().isEmpty()) {
      out.println(
          "NOT EQUAL: the target knows something else of these, which were left as they are: "
              + String.join(", ", proof.conflicts()));
    }
  }

  private static JsonWriter json(HomeMigration migration, Proof proof) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("from").string(migration.from()).key("to").string(migration.to());
    json.key("equal").bool(proof.holds()).key("copied").number(proof.copied());
    json.key("groups").beginArray();
    for (Proof.Group group : proof.groups()) {
      json.beginObject().key("by").string(group.by()).key("name").string(group.name());
      json.key("source").number(group.source().events());
      json.key("target").number(group.target().events());
      json.key("source_hash").string(group.source().hash());
      json.key("target_hash").string(group.target().hash());
      json.key("equal").bool(group.isEqual()).endObject();
    }
    json.endArray();
    json.key("missing").value(proof.missing()).key("conflicts").value(proof.conflicts());
    return json.endObject();
  }
}
