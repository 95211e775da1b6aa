package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.frame.PageName;
import java.util.Arrays;
import java.util.List;

/** The pages that need nothing but their path. */
final class ListedPages {
  static final List<String> ALL = Arrays.stream(PageName.values()).map(PageName::path).toList();

  private ListedPages() {}
}
