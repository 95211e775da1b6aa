package dev.flightlog.learning.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that an independent program in another language found, in {@code vectors.json}. */
class VectorsTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final JsonNode VECTORS = read();

  @ParameterizedTest
  @ValueSource(strings = {"null", "halved", "doubled"})
  void everyLookAtAWorldIsAsTheReferenceSawIt(String name) {
    JsonNode world = VECTORS.get(name);
    List<SessionOutcome> sessions =
        GeneratedSessions.of(
            world.get("seed").asInt(), 400, world.get("p").asDouble(), world.get("r").asDouble());
    assertThat(sessions.subList(0, 10)).isEqualTo(outcomes(world.get("first10")));

    AssignmentBet bet = new AssignmentBet(0.5);
    ConfidenceSequence sequence = new ConfidenceSequence(0.05, 400);
    int from = 0;
    for (JsonNode look : world.get("looks")) {
      int to = look.get("sessions").asInt();
      assertThat(bet.mean()).isCloseTo(look.get("theta").asDouble(), CLOSE);
      assertThat(bet.correlation()).isCloseTo(look.get("rho").asDouble(), CLOSE);
      Evidence evidence = bet.look(sessions.subList(from, to));
      assertThat(evidence.works()).isCloseTo(look.get("log_e_works").asDouble(), CLOSE);
      assertThat(evidence.harms()).isCloseTo(look.get("log_e_harms").asDouble(), CLOSE);
      assertThat(evidence.either()).isCloseTo(look.get("log_e").asDouble(), CLOSE);
      RateDifference difference = RateDifference.of(sessions.subList(0, to));
      assertThat(difference.estimate()).isCloseTo(look.get("est").asDouble(), CLOSE);
      assertThat(Math.sqrt(difference.variance())).isCloseTo(look.get("se").asDouble(), CLOSE);
      assertThat(sequence.halfWidth(difference))
          .isCloseTo(look.get("acs_halfwidth_nstar400").asDouble(), CLOSE);
      from = to;
    }
    TrialSize size = TrialSize.of(sessions);
    assertThat(size.rate()).isCloseTo(world.get("icc_deff").get(0).asDouble(), CLOSE);
    assertThat(size.correlation()).isCloseTo(world.get("icc_deff").get(1).asDouble(), CLOSE);
    assertThat(size.designEffect()).isCloseTo(world.get("icc_deff").get(2).asDouble(), CLOSE);
  }

  @Test
  void aFewSessionsGiveTheReferencesEvidenceWhateverTheShare() {
    List<List<SessionOutcome>> batches = new ArrayList<>();
    VECTORS.get("tiny").get("batches").forEach(batch -> batches.add(outcomes(batch)));
    expect(VECTORS.get("tiny").get("out"), batches, new AssignmentBet(0.5));
    expect(VECTORS.get("tiny_p30").get("out"), batches, new AssignmentBet(0.3));
  }

  private static void expect(JsonNode out, List<List<SessionOutcome>> batches, AssignmentBet bet) {
    for (int i = 0; i < batches.size(); i++) {
      Evidence evidence = bet.look(batches.get(i));
      assertThat(evidence.works()).isCloseTo(out.get(i).get("works").asDouble(), CLOSE);
      assertThat(evidence.harms()).isCloseTo(out.get(i).get("harms").asDouble(), CLOSE);
      assertThat(evidence.either()).isCloseTo(out.get(i).get("two_sided").asDouble(), CLOSE);
    }
  }

  @Test
  void ofSeveralRulesThoseAreAcceptedWhichTheReferenceAccepts() {
    for (JsonNode example : VECTORS.get("e_bh")) {
      List<Double> logs = new ArrayList<>();
      example.get("log_e").forEach(log -> logs.add(log.asDouble()));
      List<Integer> accepted = new ArrayList<>();
      example.get("rejected").forEach(place -> accepted.add(place.asInt()));
      assertThat(FalseDiscoveries.accepted(logs, 0.05)).isEqualTo(accepted);
    }
  }

  @Test
  void theIntervalIsThatOfGrowthBooksTests() {
    // 1,396 of 3,000 against 2,422 of 3,461, the relative difference, tuned to 5,000.
    JsonNode expected = VECTORS.get("growthbook_prop");
    double variance = Math.pow(expected.get("se").asDouble(), 2) * 6461;
    assertThat(new ConfidenceSequence(0.05, 5000).halfWidth(variance, 6461))
        .isCloseTo(expected.get("half").asDouble(), CLOSE);
  }

  @Test
  void theSizeOfATrialIsTheReferences() {
    for (JsonNode example : VECTORS.get("n_calls_per_arm")) {
      double p0 = example.get("p0").asDouble();
      TrialSize size = new TrialSize(p0, 0, example.get("deff").asDouble(), 1);
      assertThat(size.opportunitiesAnArm(example.get("p1").asDouble() / p0))
          .isCloseTo(example.get("n").asDouble(), CLOSE);
    }
  }

  private static List<SessionOutcome> outcomes(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(session ->
            new SessionOutcome(
                session.get(0).asInt() == 1, session.get(1).asInt(), session.get(2).asInt()))
        .toList();
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.json"))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
