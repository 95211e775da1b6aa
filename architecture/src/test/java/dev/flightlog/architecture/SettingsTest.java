package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.settings.Setting;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void everySettingIsReadInMainCode() {
    Set<String> read =
        Tree.CLASSES.stream()
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().isEquivalentTo(Setting.class))
            .filter(access -> !access.getOriginOwner().isEquivalentTo(Setting.class))
            .map(access -> access.getTarget().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    for (Setting setting : Setting.values()) {
      assertThat(read).contains(setting.name());
    }
  }
}
