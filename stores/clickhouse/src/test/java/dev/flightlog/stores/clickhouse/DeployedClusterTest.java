package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.testserver.ClickHouseNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What is deployed with Keeper, as far as it can be held against a server without Keeper. */
class DeployedClusterTest {
  private static final Path DEPLOY = Path.of("..", "..", "deploy");

  private static TableNames replicated() {
    return new TableNames(
        new Servers(
            List.of("db:8123"),
            true,
            "u",
            "",
            "flightlog",
            Optional.of("flightlog"),
            true,
            "m",
            1));
  }

  /** The real server reads each statement, and runs none. */
  @Test
  void theStatementsThatMakeReplicatedTablesAreClickHouse() {
    ClickHouseNode node = TestServer.node();
    TableNames names = replicated();
    List<String> statements = new ArrayList<>(names.distributed());
    for (int version = 1; version <= Schema.VERSION; version++) {
      Schema.statements("schema-" + version + ".sql")
          .forEach(each -> statements.add(names.fill(each)));
    }
    assertThat(statements).hasSizeGreaterThan(10);
    for (String statement : statements) {
      String read = node.query("SELECT formatQuery($ddl$" + statement + "$ddl$) FORMAT TSVRaw");
      assertThat(read).contains("ON CLUSTER flightlog");
      if (read.contains("ENGINE = ") && !read.contains("ENGINE = Distributed")) {
        assertThat(read).containsPattern("ENGINE = Replicated\\w*MergeTree\\('/clickhouse/tables/");
      }
    }
  }

  @Test
  void theConfigurationOfServersIsWellFormed() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(DEPLOY)) {
      files = all.filter(file -> file.toString().endsWith(".xml")).toList();
    }
    assertThat(files).hasSizeGreaterThan(4);
    for (Path file : files) {
      assertThat(rootOf(file)).as(file.toString()).isEqualTo("clickhouse");
    }
  }

  private static String rootOf(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement().getTagName();
  }

  /** Every cluster that the address in the compose file names is in the servers' configuration. */
  @Test
  void theComposeFileNamesEveryServerOfTheCluster() throws IOException {
    String compose = Files.readString(DEPLOY.resolve("compose.yaml"));
    String cluster = Files.readString(DEPLOY.resolve("clickhouse").resolve("cluster.xml"));
    for (int shard = 1; shard <= 2; shard++) {
      for (int replica = 1; replica <= 2; replica++) {
        String host = "clickhouse-" + shard + "-" + replica;
        assertThat(compose).contains("\n  " + host + ":\n");
        assertThat(cluster).contains("<host>" + host + "</host>");
      }
    }
    assertThat(compose).contains("?cluster=flightlog");
    assertThat(cluster).contains("<flightlog>");
  }

  /**
   * Names that must be the same in several files: of servers, keepers, and files that are taken.
   */
  @Test
  void whatKubernetesRunsIsTheClusterOfTheConfiguration() throws IOException {
    String cluster = Files.readString(DEPLOY.resolve("clickhouse").resolve("cluster.xml"));
    Path folder = DEPLOY.resolve("kubernetes");
    String servers = Files.readString(folder.resolve("clickhouse.yaml"));
    String address = Files.readString(folder.resolve("flightlog.yaml"));
    Matcher hosts = Pattern.compile("<host>(clickhouse-\\d)-(\\d)</host>").matcher(cluster);
    int found = 0;
    while (hosts.find()) {
      found++;
      assertThat(servers).contains("\n  name: " + hosts.group(1) + "\n");
      assertThat(address)
          .contains(hosts.group(1) + "-" + hosts.group(2) + ".clickhouse-servers:8123");
    }
    assertThat(found).isEqualTo(4);
    assertThat(servers).contains("ordinals: { start: 1 }", "replicas: 2");
    assertThat(Files.readString(folder.resolve("keeper.yaml")))
        .contains("\n  name: keeper\n", "ordinals: { start: 1 }", "replicas: 3");
    String kustomization = Files.readString(DEPLOY.resolve("kustomization.yaml"));
    Matcher files =
        Pattern.compile("- (?:\\S+=)?((?:clickhouse|kubernetes)/\\S+)").matcher(kustomization);
    int taken = 0;
    while (files.find()) {
      taken++;
      assertThat(DEPLOY.resolve(files.group(1))).exists();
    }
    assertThat(taken).isEqualTo(8);
  }
}
