package dev.flightlog.stores.testserver;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shards of some replicas each, on this machine, without Keeper: {@code Distributed} tables write
 * to all replicas themselves. The caller closes it.
 */
public final class ClickHouseCluster implements AutoCloseable {
  private static final int SHARDS = 2;
  private static final int REPLICAS = 2;

  private final List<ClickHouseNode> nodes = new ArrayList<>();

  private ClickHouseCluster() {}

  /** Starts two shards of two replicas each, and waits until each answers. */
  public static ClickHouseCluster start() throws MissingServerException {
    return start(SHARDS, REPLICAS);
  }

  /** The same of so many. */
  public static ClickHouseCluster start(int shards, int replicas) throws MissingServerException {
    var library = ClickHousePackage.library();
    List<List<Integer>> ports = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<Integer> ofShard = new ArrayList<>();
      for (int replica = 0; replica < replicas; replica++) {
        ofShard.add(ClickHouseNode.freePort());
      }
      ports.add(ofShard);
    }
    ClickHouseCluster cluster = new ClickHouseCluster();
    try {
      for (List<Integer> shard : ports) {
        for (int tcp : shard) {
          NodeConfiguration configuration =
              new NodeConfiguration(
                  ClickHouseNode.temporaryFolder(), ClickHouseNode.freePort(), tcp, ports);
          ClickHouseNode node = new ClickHouseNode(library, configuration);
          cluster.nodes.add(node);
          node.launch();
        }
      }
      cluster.nodes.forEach(ClickHouseNode::await);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Shard by shard, replica by replica. */
  public List<ClickHouseNode> nodes() {
    return List.copyOf(nodes);
  }

  /** The address of a store over all nodes, of which this one is asked first. */
  public String address(String database, int first) {
    List<ClickHouseNode> order = new ArrayList<>(nodes.subList(first, nodes.size()));
    order.addAll(nodes.subList(0, first));
    String hosts = order.stream().map(ClickHouseNode::host).collect(Collectors.joining(","));
    ClickHouseNode any = order.getFirst();
    return "clickhouse://"
        + any.user()
        + "@"
        + hosts
        + "/"
        + database
        + "?cluster="
        + NodeConfiguration.CLUSTER
        + "&replication=none";
  }

  @Override
  public void close() {
    nodes.forEach(ClickHouseNode::close);
  }
}
