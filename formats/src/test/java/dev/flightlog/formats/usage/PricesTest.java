package dev.flightlog.formats.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  private static final Offset<Double> CENT_PART = within(1e-9);

  @TempDir Path home;

  private final Prices prices = Prices.builtIn();

  private double cost(String model, Usage usage) {
    return prices.cost(model, usage);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic/claude-sonnet-4.5:beta, claude-sonnet-4-5",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5",
    "claude-sonnet-4-5@20250929, claude-sonnet-4-5",
    "claude-sonnet-4-5@default, claude-sonnet-4-5",
    "claude-sonnet-4-5-20250929[1m], claude-sonnet-4-5",
    "claude-4.5-sonnet, claude-sonnet-4-5",
    "claude-3-5-sonnet-20241022, claude-sonnet-3-5",
    "anthropic.claude-3-5-sonnet-20241022-v2:0, claude-sonnet-3-5",
    "openrouter/anthropic/claude-opus-4.6-fast, claude-opus-4-6",
    "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5",
    "vertex_ai/claude-opus-4-8@20260501, claude-opus-4-8",
    "GPT-5.5-2026-04-23, gpt-5.5",
    "openai/gpt-5.5-high, gpt-5.5",
    "models/gemini-2.5-pro, gemini-2.5-pro"
  })
  void theNamesOfGatewaysAndCloudsAreTheMakersNames(String written, String folded) {
    assertThat(ModelNames.of(written)).isEqualTo(folded);
  }

  @Test
  void aLongPromptRaisesThePriceOfTheWholeRequest() {
    assertThat(cost("claude-sonnet-4-5", Usage.of(1000, 4000, 150_000, 100_000)))
        .isEqualTo(0.936, CENT_PART);
    assertThat(cost("claude-sonnet-4-5", Usage.of(300_000, 1000, 0, 0)))
        .isEqualTo(1.8225, CENT_PART);
    assertThat(cost("claude-sonnet-4-5", Usage.of(200_000, 0, 0, 0))).isEqualTo(0.6, CENT_PART);
    assertThat(cost("gpt-5.5", Usage.of(50_000, 2000, 250_000, 0))).isEqualTo(0.84, CENT_PART);
    assertThat(cost("gpt-5.5", Usage.of(272_000, 0, 0, 0))).isEqualTo(1.36, CENT_PART);
  }

  @Test
  void writesForAnHourCostTwiceTheInput() {
    Usage hour = new Usage(0, 0, 0, 1_000_000, 1_000_000, 0, Billing.STANDARD);
    assertThat(cost("claude-opus-4-5", hour)).isEqualTo(10, CENT_PART);
    Usage mixed = new Usage(0, 0, 0, 1_000_000, 400_000, 0, Billing.STANDARD);
    assertThat(cost("claude-opus-4-5", mixed)).isEqualTo(0.6 * 6.25 + 4, CENT_PART);
  }

  /**
   * US dollars a million tokens: Claude Sonnet 4.5 costs 3 in, 15 out, 0.30 read, 3.75 written for
   * five minutes, 6 for an hour; above 200,000 tokens of prompt 6, 22.50, 0.60, 7.50 and 12.
   */
  @Test
  void everyKindOfTokenCostsMoreInALongPromptHourLongWritesToo() {
    Usage within =
        new Usage(50_000, 10_000, 100_000, 50_000, 30_000, 0, Billing.STANDARD); // prompt 200,000
    // 0.15 + 0.15 + 0.03 + 20,000 x 3.75 = 0.075 + 30,000 x 6 = 0.18
    assertThat(cost("claude-sonnet-4-5", within)).isEqualTo(0.585, CENT_PART);
    Usage above =
        new Usage(50_001, 10_000, 100_000, 50_000, 30_000, 0, Billing.STANDARD); // prompt 200,001
    // 0.300006 + 0.225 + 0.06 + 20,000 x 7.50 = 0.15 + 30,000 x 12 = 0.36
    assertThat(cost("claude-sonnet-4-5", above)).isEqualTo(1.095006, CENT_PART);
  }

  /** GPT-5.6 Terra: 2 in, 12 out, 0.20 read; above 272,000 tokens of prompt 4, 18 and 0.40. */
  @Test
  void theLimitOfALongPromptIsEachModelsOwn() {
    // 100,000 x 2 = 0.2, 10,000 x 12 = 0.12, 172,000 x 0.20 = 0.0344
    assertThat(cost("gpt-5.6-terra", Usage.of(100_000, 10_000, 172_000, 0)))
        .isEqualTo(0.3544, CENT_PART);
    // 100,001 x 4 = 0.400004, 10,000 x 18 = 0.18, 172,000 x 0.40 = 0.0688
    assertThat(cost("gpt-5.6-terra", Usage.of(100_001, 10_000, 172_000, 0)))
        .isEqualTo(0.648804, CENT_PART);
  }

  @Test
  void tierPlaceAndSearchesChangeThePrice() {
    Usage used = Usage.of(100_000, 10_000, 0, 0);
    assertThat(cost("claude-opus-4-8", used)).isEqualTo(0.75, CENT_PART);
    assertThat(cost("claude-opus-4-8", used.billed(Billing.of("standard", "fast", null))))
        .isEqualTo(1.5, CENT_PART);
    assertThat(cost("claude-opus-4-8", used.billed(Billing.of(null, "standard", "us"))))
        .isEqualTo(0.825, CENT_PART);
    assertThat(cost("claude-opus-4-8", used.billed(Billing.of(null, null, "global"))))
        .isEqualTo(0.75, CENT_PART);
    assertThat(cost("claude-opus-4-8", used.billed(Billing.of("batch", null, null))))
        .isEqualTo(0.375, CENT_PART);
    assertThat(cost("claude-opus-4-8", used.searches(30))).isEqualTo(1.05, CENT_PART);
    assertThat(cost("gpt-5.5", used.billed(Billing.of("priority", null, null))))
        .isEqualTo(1.6, CENT_PART);
    assertThat(cost("gpt-5.5", used.billed(Billing.of("flex", null, null))))
        .isEqualTo(0.4, CENT_PART);
  }

  @Test
  void aBedrockProfileOfARegionCostsATenthMoreFromTheGenerationOf45On() {
    Usage used = Usage.of(100_000, 10_000, 0, 0);
    assertThat(cost("us.anthropic.claude-sonnet-4-6", used)).isEqualTo(0.495, CENT_PART);
    assertThat(cost("eu.anthropic.claude-sonnet-4-6", used)).isEqualTo(0.495, CENT_PART);
    assertThat(cost("global.anthropic.claude-sonnet-4-6", used)).isEqualTo(0.45, CENT_PART);
    assertThat(cost("us.anthropic.claude-sonnet-4-20250514-v1:0", used)).isEqualTo(0.45, CENT_PART);
  }

  @Test
  void sumsOfOneModelAndBillingArePricedAsTheirParts() {
    Usage one = Usage.of(300_000, 1000, 0, 0);
    Usage two = Usage.of(250_000, 500, 20_000, 0);
    assertThat(one.billingText()).isEqualTo(">272k");
    assertThat(two.billingText()).isEqualTo(">256k");
    Rates rates = Objects.requireNonNull(prices.rates("claude-sonnet-4-5", ">256k"));
    assertThat(rates.cost(two.plus(two))).isEqualTo(2 * cost("claude-sonnet-4-5", two), CENT_PART);
  }

  @Test
  void whatIsNotListedIsUnknownAndNeverZero() {
    assertThat(cost("model-of-the-future", Usage.of(1, 1, 0, 0))).isNaN();
    assertThat(prices.cost(null, Usage.of(1, 1, 0, 0))).isNaN();
    assertThat(prices.window("model-of-the-future", 1)).isZero();
    assertThat(prices.rates("qwen/qwen3-coder:free", null)).isNull();
  }

  @Test
  void everyFamilyHasPrices() {
    for (String model :
        new String[] {
          "claude-opus-5",
          "claude-sonnet-5",
          "claude-fable-5",
          "gpt-5.6-sol",
          "gpt-5.6-terra",
          "gpt-5.6-luna",
          "gpt-5.3-codex",
          "codex-auto-review",
          "gemini-2.5-flash",
          "gemini-3-pro-preview",
          "gemini-3.1-pro-preview-06-05",
          "gpt-4o-mini-2024-07-18"
        }) {
      assertThat(prices.rates(model, null)).as(model).isNotNull();
    }
  }

  @Test
  void aTableOfOnesOwnGoesFirstAndItsFaultsAreToldOneByOne() throws IOException {
    Path own = home.resolve("prices.json");
    Files.writeString(
        own,
        """
        {"models":[
         {"names":["mine","claude-opus-5"],"input":7,"output":9},
         {"names":["bad"],"input":-1,"output":9},
         {"names":["absurd"],"input":1e12,"output":9},
         {"names":["text"],"input":"five","output":9},
         {"names":["half"],"input":5},
         {"names":[],"input":5,"output":5},
         7,
         {"names":["Mine"],"input":8,"output":9}]}
        """);

    Prices mixed = Prices.load(own);

    assertThat(mixed.cost("mine", Usage.of(1_000_000, 0, 0, 0))).isEqualTo(8, CENT_PART);
    assertThat(mixed.cost("claude-opus-5", Usage.of(1_000_000, 0, 0, 0))).isEqualTo(7, CENT_PART);
    assertThat(mixed.cost("claude-opus-4-8", Usage.of(1_000_000, 0, 0, 0))).isEqualTo(5, CENT_PART);
    assertThat(mixed.rates("bad", null)).isNull();
    assertThat(mixed.problems())
        .hasSize(7)
        .anyMatch(problem -> problem.contains("entry 2 (bad)") && problem.contains("-1"))
        .anyMatch(problem -> problem.contains("(absurd)"))
        .anyMatch(problem -> problem.contains("five") && problem.contains("not a number"))
        .anyMatch(problem -> problem.contains("second price"))
        .allMatch(problem -> problem.contains("prices.json"));
  }

  @Test
  void aTableThatIsNoJsonIsToldAndTheBuiltInPricesHold() throws IOException {
    Path own = Files.writeString(home.resolve("prices.json"), "{\"models\":[");

    Prices mixed = Prices.load(own);

    assertThat(mixed.problems()).singleElement().asString().contains("cannot be read");
    assertThat(mixed.rates("claude-opus-4-8", null)).isNotNull();
  }
}
