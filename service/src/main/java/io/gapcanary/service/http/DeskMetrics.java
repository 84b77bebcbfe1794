package io.gapcanary.service.http;

import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.Outcome;
import io.gapcanary.SuggestionStage;
import io.gapcanary.Suggestions;
import io.gapcanary.service.mail.MailSender;
import io.gapcanary.service.webhook.WebhookSender;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What operators watch, for Prometheus. Thread-safe. */
public final class DeskMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Desk desk;
  private final Timer suggestions;
  private final MultiGauge gaps;

  /** Watches a desk and those who listen to it. */
  public DeskMetrics(Desk desk, EventStreams streams) {
    this.desk = desk;
    suggestions =
        Timer.builder("gapcanary.suggestions")
            .description("How long it takes to suggest articles")
            .serviceLevelObjectives(
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(800))
            .register(registry);
    desk.assist().watch(this::suggested);
    gaps =
        MultiGauge.builder("gapcanary.gaps")
            .description("Gaps by kind and state")
            .register(registry);
    Gauge.builder("gapcanary.articles", desk, d -> d.articles().size())
        .description("Articles, archived ones included")
        .register(registry);
    Gauge.builder("gapcanary.cases.open", desk, Desk::openCases)
        .description("Cases that are open")
        .register(registry);
    Gauge.builder("gapcanary.cases.closed", desk, d -> d.totals().cases())
        .description("Cases that have closed")
        .register(registry);
    Gauge.builder("gapcanary.open.unanswered.cases", desk, d -> d.board().openNow().cases())
        .description("Open cases that ask what nothing answers")
        .register(registry);
    Gauge.builder("gapcanary.forming.subjects", desk, d -> d.board().openNow().forming().size())
        .description("What several customers ask in open cases and has no gap yet")
        .register(registry);
    Gauge.builder("gapcanary.flood.cases", desk, d -> d.floods().size().cases())
        .description("Cases that look like a machine's and are set aside")
        .register(registry);
    Gauge.builder("gapcanary.flood.texts", desk, d -> d.floods().size().texts())
        .description("Texts that they ask")
        .register(registry);
    Gauge.builder("gapcanary.model.healthy", desk, d -> d.impairment().isEmpty() ? 1 : 0)
        .description("1 while the meaning model answers, or none was asked for")
        .register(registry);
    Gauge.builder("gapcanary.queue.depth", desk, d -> d.workload().waitingEvents())
        .description("Events that wait for their turn")
        .register(registry);
    Gauge.builder("gapcanary.index.uncommitted", desk, d -> d.workload().uncommittedChanges())
        .description("Changes that are in the search index and not yet safe on disk there")
        .register(registry);
    Gauge.builder("gapcanary.index.age", desk, d -> d.workload().indexAge().toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("How long the oldest of them has waited")
        .register(registry);
    Gauge.builder("gapcanary.streams", streams, EventStreams::size)
        .description("Listeners to the events of cases and of the board")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** Watches the delivery of webhooks too. */
  public void watch(WebhookSender webhooks) {
    FunctionCounter.builder("gapcanary.webhook.delivered", webhooks, WebhookSender::delivered)
        .description("Webhook messages that arrived")
        .register(registry);
    FunctionCounter.builder("gapcanary.webhook.failed", webhooks, WebhookSender::failed)
        .description("Attempts to deliver a webhook message in vain")
        .register(registry);
    Gauge.builder("gapcanary.webhook.queue", desk, d -> d.webhooks().queue().waiting())
        .description("Webhook messages that wait to be delivered")
        .register(registry);
    Gauge.builder("gapcanary.webhook.dead", desk, d -> d.webhooks().queue().dead())
        .description("Webhook messages that were given up")
        .register(registry);
  }

  /** Watches the sending of e-mail too, if any is sent. */
  public void watch(@Nullable MailSender mail) {
    if (mail == null) {
      return;
    }
    FunctionCounter.builder("gapcanary.mail.sent", mail, MailSender::sent)
        .description("Weekly reports that were sent by e-mail")
        .register(registry);
    FunctionCounter.builder("gapcanary.mail.failed", mail, MailSender::failed)
        .description("Attempts to send one in vain")
        .register(registry);
    Gauge.builder("gapcanary.mail.queue", desk, d -> d.mailOutbox().queue().waiting())
        .description("Weekly reports that wait to be sent by e-mail")
        .register(registry);
    Gauge.builder("gapcanary.mail.dead", desk, d -> d.mailOutbox().queue().dead())
        .description("Weekly reports that were given up")
        .register(registry);
  }

  /** Suggests, timed and counted. */
  Suggestions suggesting(Supplier<Suggestions> work) {
    Suggestions made = Objects.requireNonNull(suggestions.record(work));
    registry
        .counter(
            "gapcanary.verdicts",
            Tags.of("verdict", made.verdict(), "reason", orNone(made.reason())))
        .increment();
    return made;
  }

  private void suggested(SuggestionStage stage, Duration took) {
    Timer.builder("gapcanary.suggestion.stage")
        .description("How long each stage of suggesting articles takes")
        .tag("stage", stage.wireName())
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(800))
        .register(registry)
        .record(took);
  }

  /** Counts a closed case. */
  void closed(Outcome outcome) {
    registry
        .counter(
            "gapcanary.outcomes",
            Tags.of("outcome", outcome.outcome().wireName(), "reason", orNone(outcome.reason())))
        .increment();
  }

  /** Counts a request by its route, never by its address. */
  public void answered(Context context, float millis) {
    registry
        .timer(
            "http.server.requests",
            Tags.of(
                "method",
                context.method().name(),
                "uri",
                Problems.template(context),
                "status",
                String.valueOf(context.statusCode())))
        .record((long) (millis * 1000), TimeUnit.MICROSECONDS);
  }

  private static String orNone(@Nullable String value) {
    return value == null ? "none" : value;
  }

  /** Everything in Prometheus' text format. */
  String scrape() {
    gaps.register(rows(), true);
    return registry.scrape();
  }

  private record KindAndState(Gap.Kind kind, Gap.State state) {}

  private Iterable<MultiGauge.Row<?>> rows() {
    Map<KindAndState, Integer> counts = new LinkedHashMap<>();
    for (Gap.Kind kind : Gap.Kind.values()) {
      for (Gap.State state : Gap.State.values()) {
        counts.put(new KindAndState(kind, state), 0);
      }
    }
    desk.board()
        .counts()
        .forEach(one -> counts.put(new KindAndState(one.kind(), one.state()), one.count()));
    return counts.entrySet().stream()
        .<MultiGauge.Row<?>>map(count -> row(count.getKey(), count.getValue()))
        .toList();
  }

  private static MultiGauge.Row<Number> row(KindAndState of, int count) {
    return MultiGauge.Row.of(
        Tags.of("kind", of.kind().wireName(), "state", of.state().wireName()), count);
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
