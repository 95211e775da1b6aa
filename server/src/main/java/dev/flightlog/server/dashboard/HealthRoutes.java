package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.HealthPage;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import java.util.List;

/** Whether everything arrives. */
final class HealthRoutes implements PageRoutes {
  private final DashboardData data;
  private final Pages pages;

  HealthRoutes(DashboardData data) {
    this.data = data;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(pages.scoped("/health", "Whether everything arrives", this::health));
  }

  private Page health(Request request, View view) {
    return HealthPage.of(data.checks().get(), pages.askAll("coverage"), view);
  }
}
