package dev.flightlog.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names by which this server may be called. A page of another site can make a browser send
 * requests here under a name of its own (DNS rebinding), but never under one of these. Immutable.
 */
final class Hosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");

  private final Set<String> names;
  private final boolean loopback;

  /**
   * @param names others than loopback's
   */
  Hosts(InetAddress bound, List<String> names) {
    Set<String> all = new TreeSet<>();
    loopback = bound.isLoopbackAddress();
    if (loopback || bound.isAnyLocalAddress()) {
      all.addAll(LOOPBACK);
    }
    if (!bound.isAnyLocalAddress()) {
      all.add(literal(bound));
    }
    names.forEach(name -> all.add(name.strip().toLowerCase(Locale.ROOT)));
    this.names = all;
  }

  /** The name in a {@code Host} header without its port, in lower case; null when malformed. */
  static @Nullable String name(String authority) {
    var matcher = FORM.matcher(authority.toLowerCase(Locale.ROOT));
    return matcher.matches() ? matcher.group(1) : null;
  }

  /**
   * @param name as {@link #name} answers it
   * @param arrived the address of this machine at which the request came in: nobody can rebind a
   *     literal one
   */
  boolean allows(String name, SocketAddress arrived) {
    return names.contains(name)
        || (arrived instanceof InetSocketAddress here && literal(here.getAddress()).equals(name));
  }

  /** True when the request came over loopback under a name of loopback. */
  boolean isLocal(String name) {
    return loopback && LOOPBACK.contains(name);
  }

  /** As in a URL: IPv6 in brackets. */
  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    if (bare.indexOf(':') < 0) {
      return bare;
    }
    return bare.equals("0:0:0:0:0:0:0:1") ? "[::1]" : "[" + bare + "]";
  }
}
