package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.dashboard.pages.HealthPage;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.store.EventStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where pages get what they show. All of it is called by many threads, may block, and fails as the
 * store does.
 *
 * @param visit for one page: answers its questions, all from the events of one moment; for one
 *     thread
 * @param store stays open
 * @param takeIn brings what was recorded until now into the store
 * @param checks looks at every part of the home
 * @param tokens who may see the pages from elsewhere
 * @param clock its zone is where days begin
 */
public record DashboardData(
    Supplier<Function<QuestionCall, Answer>> visit,
    EventStore store,
    Runnable takeIn,
    Supplier<List<HealthPage.Check>> checks,
    Tokens tokens,
    Clock clock) {}
