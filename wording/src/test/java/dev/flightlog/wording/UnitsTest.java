package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "999, 999", "1664, '1,664'", "-1234567, '-1,234,567'"})
  void countsHaveTheirThousandsApart(long number, String words) {
    assertThat(Units.count(number)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0%",
    "0.0004, <0.1%",
    "0.041, 4.1%",
    "0.0994, 9.9%",
    "0.0996, 10%",
    "0.5, 50%",
    "0.997, >99%",
    "1, 100%",
    "1.5, 150%"
  })
  void sharesHaveTwoDigitsAndNeverRoundToNoneOrAll(double share, String words) {
    assertThat(Units.share(share)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.2, <1 ms",
    "15, 15 ms",
    "999.6, 1.0 s",
    "1234, 1.2 s",
    "45678, 46 s",
    "59949, 60 s",
    "60000, 1m",
    "184000, 3m 4s",
    "3600000, 1h",
    "7500000, 2h 5m",
    "180000000, 2d 2h",
    "-1500, -1.5 s",
    "1e18, '11,574,074,074d 2h'"
  })
  void durationsHaveAtMostTwoUnits(double millis, String words) {
    assertThat(Units.duration(millis)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "950, 950",
    "999.6, 1.0k",
    "1234, 1.2k",
    "45000, 45k",
    "999499, 999k",
    "999600, 1.0M",
    "1234567, 1.2M",
    "123456789, 123M",
    "3400000000, 3.4B",
    "5e13, '50,000B'"
  })
  void tokensAreShort(double tokens, String words) {
    assertThat(Units.tokens(tokens)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "0.00001, <$0.0001",
    "0.0234, $0.0234",
    "3.214, $3.21",
    "0.995, $1.00",
    "1234.5, '$1,235'",
    "1e308, $1.0E308",
    "-2, -$2.00"
  })
  void moneyHasCentsAndMoreDigitsWhenItIsLittle(double dollars, String words) {
    assertThat(Units.dollars(dollars)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, now, just now", "45, 45s ago, 45 seconds ago", "60, 1m ago, 1 minute ago",
    "7200, 2h ago, 2 hours ago", "172799, 47h ago, 47 hours ago", "259200, 3d ago, 3 days ago",
    "-90, in 1m, 'in the future, in 1 minute'"
  })
  void timesAreRelativeInOneUnit(long seconds, String brief, String words) {
    long now = 1_770_000_000_000_000L;
    assertThat(Units.ago(now - seconds * 1_000_000, now)).isEqualTo(brief);
    assertThat(Units.agoInWords(now - seconds * 1_000_000, now)).isEqualTo(words);
  }
}
