package dev.flightlog.server.dashboard;

import dev.flightlog.server.web.Route;
import java.util.List;

/** Some pages that belong together. */
interface PageRoutes {
  List<Route> routes();
}
