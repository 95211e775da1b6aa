package dev.flightlog.benchmarks.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dev.flightlog.logback.FlightlogAppender;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.nio.file.Path;

/** What is compared: where a program's entries go. */
enum Appenders {
  /** A line in the log of run, step and component, and an event; both survive {@code kill -9}. */
  FLIGHTLOG("Flightlog"),
  /** One file; what is in the queue is lost with the process. */
  LOGBACK_ASYNC("Logback AsyncAppender, FileAppender, JsonEncoder");

  private static final int QUEUE = 8192;
  private final String title;

  Appenders(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** An appender that was started, and how all that it took comes to its files. */
  record Started(Appender<ILoggingEvent> appender, Runnable flush, Runnable close) {}

  Started start(LoggerContext context, Path folder) {
    return this == FLIGHTLOG ? flightlog(context, folder) : logback(context, folder);
  }

  private static Started flightlog(LoggerContext context, Path folder) {
    FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder.resolve("home")));
    FlightlogAppender appender = new FlightlogAppender();
    appender.setContext(context);
    appender.setRoot(folder.resolve("runs").toString());
    appender.setRecorder(recorder);
    appender.addComponent("com.example.agent.orchestrator=orchestrator");
    appender.addComponent("com.example.agent.client=adapter");
    appender.addComponent("com.example.agent.tools=adapter");
    appender.addComponent("com.example.agent.validator=validator");
    appender.addComponent("com.example.agent.metrics=metrics");
    appender.start();
    return new Started(
        appender,
        recorder::flush,
        () -> {
          appender.stop();
          recorder.close();
        });
  }

  private static Started logback(LoggerContext context, Path folder) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setEncoder(encoder);
    file.setFile(folder.resolve("all.log").toString());
    file.start();
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(context);
    queue.setQueueSize(QUEUE);
    // With the defaults it drops entries of level INFO, and what is left after a second.
    queue.setDiscardingThreshold(0);
    queue.setMaxFlushTime(0);
    queue.addAppender(file);
    queue.start();
    return new Started(queue, queue::stop, queue::stop);
  }
}
