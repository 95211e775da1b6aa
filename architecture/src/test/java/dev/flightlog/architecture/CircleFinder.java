package dev.flightlog.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Tarjan's search for sets of nodes each of which leads to every other, without recursion. */
final class CircleFinder {
  private final Map<String, Set<String>> edges;
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private CircleFinder(Map<String, Set<String>> edges) {
    this.edges = edges;
  }

  /** All sets of two or more nodes. An edge to a node that has no entry is passed over. */
  static List<Set<String>> circles(Map<String, Set<String>> edges) {
    CircleFinder finder = new CircleFinder(edges);
    for (String node : edges.keySet()) {
      if (!finder.order.containsKey(node)) {
        finder.visit(node);
      }
    }
    return finder.found;
  }

  private record Visit(String node, List<String> targets, int[] next) {}

  private void visit(String start) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(enter(start));
    while (!path.isEmpty()) {
      Visit visit = path.getFirst();
      if (visit.next()[0] < visit.targets().size()) {
        String target = visit.targets().get(visit.next()[0]++);
        if (!order.containsKey(target)) {
          path.push(enter(target));
        } else if (open.contains(target)) {
          lowest.merge(visit.node(), order.getOrDefault(target, 0), Math::min);
        }
      } else {
        path.pop();
        leave(visit.node());
        if (!path.isEmpty()) {
          lowest.merge(path.getFirst().node(), lowest.getOrDefault(visit.node(), 0), Math::min);
        }
      }
    }
  }

  private Visit enter(String node) {
    order.put(node, order.size());
    lowest.put(node, order.size() - 1);
    open.push(node);
    List<String> targets =
        edges.getOrDefault(node, Set.of()).stream().filter(edges::containsKey).toList();
    return new Visit(node, targets, new int[1]);
  }

  private void leave(String node) {
    if (!Objects.equals(lowest.get(node), order.get(node))) {
      return;
    }
    Set<String> circle = new TreeSet<>();
    String member;
    do {
      member = open.pop();
      circle.add(member);
    } while (!member.equals(node));
    if (circle.size() > 1) {
      found.add(circle);
    }
  }
}
