package dev.flightlog.dashboard.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AssetTest {
  @Test
  void theChartLibraryIsTheOneThatItsAuthorsPublished() {
    assertThat(Asset.UPLOT.hash())
        .isEqualTo("19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f");
    assertThat(Asset.UPLOT_STYLE.hash())
        .isEqualTo("df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04");
    assertThat(text(Asset.UPLOT_LICENCE)).contains("MIT License");
  }

  @Test
  void allOfThemTogetherAreSmall() {
    int bytes = Arrays.stream(Asset.values()).mapToInt(asset -> asset.bytes().length).sum();
    assertThat(bytes).isLessThan(200 * 1024);
  }

  @Test
  void noneNamesAnotherHostOrNeedsWhatThePolicyForbids() {
    for (Asset asset : Asset.values()) {
      if (asset == Asset.UPLOT_LICENCE) {
        continue;
      }
      assertThat(text(asset))
          .as(asset.fileName())
          .doesNotContainPattern("https?://(?!www\\.w3\\.org/|github\\.com/leeoniya/uPlot )")
          .doesNotContain(
              "innerHTML", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(");
    }
  }

  private static String text(Asset asset) {
    return new String(asset.bytes(), StandardCharsets.UTF_8);
  }
}
