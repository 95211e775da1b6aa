package dev.flightlog.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "otlp",
        "splunk http://x",
        "otlp ftp://x",
        "otlp http://user:secret@x",
        "otlp http://[",
        "opensearch http://x/UPPER",
        "datadog a/b",
        "cloudwatch eu-central-1",
        "cloudwatch eu-central-1/group/"
      })
  void wrongSettingsSayWhatIsWrongAndNoSecret(String to) {
    assertThatExceptionOfType(ForwardingException.class)
        .isThrownBy(() -> Targets.of(to, "a:secret", List.of(), CLOCK))
        .withMessageContaining("forwarding.to")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret@", "a:secret"));
  }

  @Test
  void nothingIsSetAndNothingIsSent() {
    assertThat(Targets.of(" ", "", List.of(), CLOCK)).isEmpty();
  }

  /** The request "get-vanilla" of Amazon's test suite for signature version 4. */
  @Test
  void requestsToAmazonAreSignedAsItsTestSuiteHasIt() {
    AwsSignature signature =
        new AwsSignature(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "",
            "us-east-1",
            "service",
            CLOCK);
    assertThat(
            signature
                .headers("GET", URI.create("https://example.amazonaws.com/"), Map.of(), new byte[0])
                .get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void cloudWatchGetsTheNamesOfItsGroupAndStream() {
    Target target =
        Targets.of("cloudwatch eu-central-1/my/group/stream", "key:secret", List.of(), CLOCK).get();
    HttpRequest request = target.request(List.of());
    assertThat(request.uri()).hasToString("https://logs.eu-central-1.amazonaws.com/v1/logs");
    assertThat(request.headers().firstValue("x-aws-log-group")).hasValue("my/group");
    assertThat(request.headers().firstValue("x-aws-log-stream")).hasValue("stream");
    assertThat(request.headers().firstValue("Authorization").orElse(""))
        .contains("eu-central-1/logs/aws4_request", "host;x-amz-date;x-aws-log-group");
    assertThat(target.name()).doesNotContain("secret");
  }
}
