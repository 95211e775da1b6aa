package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.ClickHouseProvider.Environment;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.rollups.Worth;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads addresses of stores in ClickHouse. Stateless. */
final class ServerAddress {
  static final String EXAMPLE = "clickhouse://user@host1,host2/flightlog";

  /** The variable that holds the password. */
  static final String PASSWORD = "FLIGHTLOG_CLICKHOUSE_PASSWORD";

  private static final String PASSWORD_FILE = "password_file";
  private static final String CLUSTER = "cluster";
  private static final String REPLICATION = "replication";
  private static final String TLS = "tls";
  private static final String MACHINE = "machine";
  private static final String SUMS_FROM = "sums_from";
  private static final Set<String> OPTIONS =
      Set.of(PASSWORD_FILE, CLUSTER, REPLICATION, TLS, MACHINE, SUMS_FROM);
  private static final Pattern FORM =
      Pattern.compile("//(?:([^@/?]*)@)?([^/?@]*)/([^/?]*)(?:\\?(.*))?");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int LAST_PORT = 65_535;

  private ServerAddress() {}

  /**
   * @param rest the address behind {@code clickhouse:}
   * @throws StoreException REFUSED, with how it should be written; without what may be a password
   */
  static Servers read(String rest, Environment environment) {
    Matcher form = FORM.matcher(rest);
    if (!form.matches()) {
      throw refused("it is not of the form " + EXAMPLE);
    }
    String user = form.group(1) == null ? "default" : form.group(1);
    if (user.contains(":")) {
      throw refused(
          "there is a password in it, which others would read: take it out, and put it into the"
              + " environment variable "
              + PASSWORD
              + " or a file named by ?password_file=PATH");
    }
    if (user.isEmpty()) {
      throw refused("there is no user before the @");
    }
    Map<String, String> options = options(form.group(4));
    boolean tls = flag(options, TLS);
    String database = form.group(3);
    if (!NAME.matcher(database).matches()) {
      throw refused(
          "the name of the database, behind the /, is made of letters, digits and _, and is not '"
              + database
              + "'");
    }
    Optional<String> cluster = Optional.ofNullable(options.get(CLUSTER));
    if (cluster.filter(name -> !PLAIN_NAME.matcher(name).matches()).isPresent()) {
      throw refused("cluster= takes the name of a cluster, not '" + cluster.get() + "'");
    }
    return new Servers(
        hosts(form.group(2), tls),
        tls,
        user,
        password(options.get(PASSWORD_FILE), environment),
        database,
        cluster,
        replicated(options, cluster),
        machine(options),
        sumsFrom(options));
  }

  private static long sumsFrom(Map<String, String> options) {
    String events = options.getOrDefault(SUMS_FROM, Long.toString(Worth.DEFAULT.events()));
    if (!events.matches("[1-9]\\d{0,8}")) {
      throw refused(
          "sums_from= takes a number of events from 1 to 999999999, not '" + events + "'");
    }
    return Long.parseLong(events);
  }

  private static String machine(Map<String, String> options) {
    String machine = options.getOrDefault(MACHINE, "");
    if (!machine.isEmpty() && !PLAIN_NAME.matcher(machine).matches()) {
      throw refused("machine= takes up to 64 letters, digits, _, . and -, not '" + machine + "'");
    }
    return machine;
  }

  private static boolean replicated(Map<String, String> options, Optional<String> cluster) {
    String replication = options.getOrDefault(REPLICATION, cluster.isPresent() ? "keeper" : "none");
    return switch (replication) {
      case "keeper" -> {
        if (cluster.isEmpty()) {
          throw refused("replication=keeper needs cluster=NAME besides");
        }
        yield true;
      }
      case "none" -> false;
      default -> throw refused("replication= takes keeper or none, not '" + replication + "'");
    };
  }

  private static boolean flag(Map<String, String> options, String name) {
    String value = options.getOrDefault(name, "false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(name + "= takes true or false, not '" + value + "'");
    };
  }

  private static List<String> hosts(String text, boolean tls) {
    List<String> hosts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher host = HOST.matcher(each);
      if (!host.matches()) {
        throw refused("'" + each + "' is no host: write host or host:port, with commas between");
      }
      String port = host.group(2) == null ? (tls ? "8443" : "8123") : host.group(2);
      int number = Integer.parseInt(port);
      if (number < 1 || number > LAST_PORT) {
        throw refused(port + " is no port: they are from 1 to " + LAST_PORT);
      }
      hosts.add(host.group(1) + ":" + number);
    }
    return hosts;
  }

  private static Map<String, String> options(@Nullable String text) {
    Map<String, String> options = new HashMap<>();
    if (text == null || text.isEmpty()) {
      return options;
    }
    for (String each : text.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      if (equals < 0 || !OPTIONS.contains(name)) {
        throw refused(
            "there is no option '"
                + name
                + "': write one of "
                + OPTIONS.stream().sorted().toList());
      }
      options.put(name, URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return options;
  }

  private static String password(@Nullable String file, Environment environment) {
    if (file == null) {
      String told = environment.get(PASSWORD);
      return told == null ? "" : told;
    }
    try {
      String text = Files.readString(Path.of(file));
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException | InvalidPathException e) {
      throw refused("the file of the password, " + file + ", cannot be read");
    }
  }

  private static StoreException refused(String why) {
    return new StoreException(
        Kind.REFUSED, "the address of the store in ClickHouse: " + why + "; example: " + EXAMPLE);
  }
}
