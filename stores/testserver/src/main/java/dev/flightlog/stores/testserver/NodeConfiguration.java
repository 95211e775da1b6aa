package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node is told.
 *
 * @param folder of its data and logs
 * @param http its port for HTTP
 * @param tcp its port for other nodes
 * @param shards the ports for other nodes of all replicas, shard by shard; empty without a cluster
 */
record NodeConfiguration(Path folder, int http, int tcp, List<List<Integer>> shards) {
  static final String USER = "flight";
  static final String PASSWORD = "correct horse";
  static final String CLUSTER = "flight";

  /** Writes the files; returns the one to start with. */
  Path write() throws IOException {
    Files.createDirectories(folder);
    Path users = folder.resolve("users.xml");
    Files.writeString(users, users());
    Path node = folder.resolve("node.xml");
    Files.writeString(node, node(users));
    return node;
  }

  /**
   * The process itself logs in as {@code default}, without a password. Files are not synced: nodes
   * are killed here, but the machine keeps running.
   */
  private static String users() {
    return """
    <clickhouse>
      <profiles>
        <default>
          <fsync_metadata>0</fsync_metadata>
        </default>
        <reading><readonly>2</readonly></reading>
      </profiles>
      <quotas><default/></quotas>
      <users>
        <%1$s>
          <password>%2$s</password>
          <networks><ip>::/0</ip></networks>
          <profile>default</profile>
          <quota>default</quota>
          <access_management>1</access_management>
        </%1$s>
        <reader>
          <password>%2$s</password>
          <networks><ip>::/0</ip></networks>
          <profile>reading</profile>
          <quota>default</quota>
        </reader>
        <default>
          <password></password>
          <networks><ip>127.0.0.1</ip></networks>
          <profile>default</profile>
          <quota>default</quota>
        </default>
      </users>
    </clickhouse>
    """
        .formatted(USER, PASSWORD);
  }

  /** The pools are those of a server with more processors: with two threads sends would starve. */
  private String node(Path users) {
    return """
    <clickhouse>
      <logger><level>none</level></logger>
      <path>%1$s/data/</path>
      <listen_host>127.0.0.1</listen_host>
      <http_port>%2$d</http_port>
      <tcp_port>%3$d</tcp_port>
      <users_config>%4$s</users_config>
      <background_schedule_pool_size>32</background_schedule_pool_size>
      <background_distributed_schedule_pool_size>16</background_distributed_schedule_pool_size>
      <background_schedule_pool_max_parallel_tasks_per_type_ratio>0.9</background_schedule_pool_max_parallel_tasks_per_type_ratio>
      <mark_cache_size>67108864</mark_cache_size>
      %5$s
    </clickhouse>
    """
        .formatted(folder, http, tcp, users, shards.isEmpty() ? "" : cluster());
  }

  private String cluster() {
    StringBuilder xml = new StringBuilder("<remote_servers><").append(CLUSTER).append('>');
    for (List<Integer> shard : shards) {
      xml.append("<shard><internal_replication>false</internal_replication>");
      for (int port : shard) {
        xml.append("<replica><host>127.0.0.1</host><port>")
            .append(port)
            .append("</port><user>")
            .append(USER)
            .append("</user><password>")
            .append(PASSWORD)
            .append("</password></replica>");
      }
      xml.append("</shard>");
    }
    return xml.append("</").append(CLUSTER).append("></remote_servers>").toString();
  }
}
