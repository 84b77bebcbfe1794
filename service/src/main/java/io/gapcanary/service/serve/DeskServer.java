package io.gapcanary.service.serve;

import io.gapcanary.Desk;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.http.AccessRoutes;
import io.gapcanary.service.http.BoardStreams;
import io.gapcanary.service.http.CaseStreams;
import io.gapcanary.service.http.Conversations;
import io.gapcanary.service.http.CrossOrigin;
import io.gapcanary.service.http.DeskMetrics;
import io.gapcanary.service.http.EventStreams;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.HttpApi;
import io.gapcanary.service.http.Idempotency;
import io.gapcanary.service.http.ImportRoutes;
import io.gapcanary.service.http.JettyProblems;
import io.gapcanary.service.http.MailRoutes;
import io.gapcanary.service.http.Problems;
import io.gapcanary.service.http.Readiness;
import io.gapcanary.service.http.RequestLog;
import io.gapcanary.service.http.StreamRoutes;
import io.gapcanary.service.http.UnreadBody;
import io.gapcanary.service.http.WebhookRoutes;
import io.gapcanary.service.imports.Imports;
import io.gapcanary.service.mail.MailSender;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.page.ImportPages;
import io.gapcanary.service.page.MailDesk;
import io.gapcanary.service.page.PageRoutes;
import io.gapcanary.service.page.Pages;
import io.gapcanary.service.webhook.WebhookSender;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A desk over HTTP: the API and the pages, on one port. */
final class DeskServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeskServer.class);
  private static final Duration TO_FINISH = Duration.ofSeconds(10);

  /** Few, so that nothing live waits for long. */
  private static final int REMOVED_AT_ONCE = 20;

  private static final int COUNTED_AT_ONCE = 20;

  private static final int LOOKED_AT_AT_ONCE = 20;

  private final Desk desk;
  private final Imports imports;
  private final EventStreams streams;
  private final CaseStreams caseStreams;
  private final Readiness readiness = new Readiness();
  private final WebhookSender webhooks;
  private final @Nullable MailSender mail;
  private final DeskMetrics metrics;
  private final ScheduledExecutorService minutes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("close-overdue").factory());
  private final ScheduledExecutorService tending =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tend").factory());
  private final ScheduledExecutorService watching =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("open-cases").factory());
  private volatile boolean stopping;
  private final Javalin javalin;

  private DeskServer(
      Desk desk,
      Imports imports,
      Access access,
      boolean demo,
      ServeSettings settings,
      InstantSource clock) {
    this.desk = desk;
    this.imports = imports;
    this.streams = new EventStreams(settings.streams());
    this.webhooks = new WebhookSender(desk, settings.webhooks(), clock);
    this.metrics = new DeskMetrics(desk, streams);
    metrics.watch(webhooks);
    MailSettings mailSettings = settings.mail();
    MailDesk mailDesk =
        mailSettings == null
            ? null
            : new MailDesk(desk, mailSettings, settings.access().publicAddress(), clock);
    this.mail = mailDesk == null ? null : mailDesk.sender();
    metrics.watch(mail);
    this.caseStreams = new CaseStreams(streams);
    Gate gate = new Gate(access);
    Conversations conversations = new Conversations(desk, caseStreams, metrics);
    Pages pages = new Pages(desk, demo);
    HttpApi api = new HttpApi(desk, imports, conversations, metrics, readiness, clock);
    StreamRoutes streamRoutes =
        new StreamRoutes(
            desk.assist(), conversations, caseStreams, new BoardStreams(streams, desk.boardLog()));
    AccessRoutes accessRoutes = new AccessRoutes(access, desk.assist());
    PageRoutes pageRoutes =
        new PageRoutes(pages, desk, conversations, access, gate, mailDesk, clock);
    this.javalin =
        Javalin.create(
            config -> {
              configure(config, settings.access());
              config.router.handlerWrapper(new Idempotency(desk.keptAnswers())::around);
              config.requestLogger.http(
                  (context, millis) -> {
                    metrics.answered(context, millis);
                    if (settings.logRequests()) {
                      RequestLog.answered(context, millis);
                    }
                  });
              new CrossOrigin(settings.corsOrigins(), access::required).addTo(config.routes);
              gate.addTo(config.routes);
              streamRoutes.addTo(config.routes);
              api.addTo(config.routes);
              new WebhookRoutes(desk.webhooks()).addTo(config.routes);
              new MailRoutes(desk.mailOutbox()).addTo(config.routes);
              accessRoutes.addTo(config.routes);
              new ImportRoutes(imports).addTo(config.routes);
              new ImportPages(pages, imports).addTo(config.routes);
              pageRoutes.addTo(config.routes);
              new Problems(pages::trouble).addTo(config.routes);
            });
  }

  private static void configure(JavalinConfig config, AccessSettings access) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.jsonMapper(new JavalinJackson(DeskJson.mapper(), true));
    config.routes.before(RequestLog::begin);
    config.routes.before(context -> addSafeHeaders(context, access.secure()));
    config.routes.after(UnreadBody::discard);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(JettyProblems.MOST_HEADERS);
          http.setUriCompliance(UriCompliance.UNSAFE);
        });
    config.jetty.modifyServer(DeskServer::finishWhatWasAccepted);
    config.jetty.modifyServletContextHandler(
        handler -> {
          handler.getServletHandler().setDecodeAmbiguousURIs(true);
          handler.setMaxFormKeys(Problems.MOST_PARTS);
          handler.insertHandler(new GracefulHandler());
        });
  }

  /** A page has a policy of its own, which lets in its style sheet and its script. */
  private static void addSafeHeaders(Context context, boolean secure) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin");
    if (secure) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static void finishWhatWasAccepted(Server server) {
    server.setStopTimeout(TO_FINISH.toMillis());
    server.setErrorHandler(new JettyProblems());
  }

  /**
   * Takes the port; requests are turned away until {@link #ready}.
   *
   * @throws CommandFailure when the port is taken
   */
  static DeskServer start(
      Desk desk,
      Imports imports,
      Access access,
      boolean demo,
      ServeSettings settings,
      InstantSource clock) {
    DeskServer server = new DeskServer(desk, imports, access, demo, settings, clock);
    try {
      server.javalin.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      server.close();
      throw new CommandFailure(
          "Port "
              + settings.port()
              + " of "
              + settings.host()
              + " is in use: stop what uses it, or choose another with --port",
          e);
    }
    return server;
  }

  /**
   * Serves from now on, closes overdue cases and looks whether the weekly report is due every
   * minute, removes old ones every day, looks at open ones every second, embeds what waits for it,
   * counts what people released and keeps the fit.
   */
  void ready() {
    Future<?> unusedClosing =
        minutes.scheduleWithFixedDelay(this::closeOverdue, 1, 1, TimeUnit.MINUTES);
    Future<?> unusedReport =
        minutes.scheduleWithFixedDelay(this::tellReport, 0, 1, TimeUnit.MINUTES);
    Future<?> unusedSweep =
        minutes.scheduleWithFixedDelay(this::removeOldCases, 5, 24 * 60, TimeUnit.MINUTES);
    Future<?> unusedWarming = tending.submit(this::warm);
    Future<?> unusedTending = tending.scheduleWithFixedDelay(this::tend, 0, 5, TimeUnit.SECONDS);
    Future<?> unusedWatching =
        watching.scheduleWithFixedDelay(this::lookAtOpenCases, 0, 1, TimeUnit.SECONDS);
    imports.resume();
    webhooks.start();
    if (mail != null) {
      mail.start();
    }
    readiness.ready();
  }

  /** What the gap list reads once, so that the first who asks for it does not wait. */
  private void warm() {
    try {
      GapPage unused = desk.board().list(GapFilter.FIRST_PAGE);
    } catch (RuntimeException e) {
      LOG.error("The gap list could not be read ahead", e);
    }
  }

  private void lookAtOpenCases() {
    try {
      for (int some = LOOKED_AT_AT_ONCE; some == LOOKED_AT_AT_ONCE && !stopping; ) {
        some = desk.lookAtOpenCases(LOOKED_AT_AT_ONCE);
      }
    } catch (RuntimeException e) {
      LOG.error("Open cases could not be looked at", e);
    }
  }

  private void tend() {
    try {
      int embedded = 0;
      for (int some = desk.embedSome(); some > 0 && !stopping; some = desk.embedSome()) {
        embedded += some;
      }
      if (embedded > 0) {
        LOG.info("Embedded {} articles, wordings and questions that waited for it", embedded);
      }
      int counted = 0;
      for (int some = 1; some > 0 && !stopping; counted += some) {
        some = desk.floods().countReleased(COUNTED_AT_ONCE);
      }
      if (counted > 0) {
        LOG.info("Counted {} cases that had been set aside and are people's", counted);
      }
      if (!stopping && desk.calibrateWhenDue()) {
        LOG.info("Fitted probabilities and floors to the desk as it has become");
      }
    } catch (RuntimeException e) {
      LOG.error("What was to be done beside live work could not be done", e);
    }
  }

  private void removeOldCases() {
    try {
      int removed = 0;
      for (int some = REMOVED_AT_ONCE; some == REMOVED_AT_ONCE && !stopping; ) {
        some = desk.removeOldCases(REMOVED_AT_ONCE);
        removed += some;
      }
      if (removed > 0) {
        LOG.info("Removed {} cases that had been kept long enough", removed);
      }
    } catch (RuntimeException e) {
      LOG.error("Cases that had been kept long enough could not be removed", e);
    }
  }

  private void tellReport() {
    try {
      int told =
          desk.webhooks().reportWhenDue(mail == null ? List.of() : mail.settings().recipients());
      if (told > 0) {
        LOG.info("The weekly report goes to {} webhooks and e-mail addresses", told);
      }
    } catch (RuntimeException e) {
      LOG.error("The weekly report could not be told", e);
    }
  }

  private void closeOverdue() {
    try {
      int closed = desk.closeOverdue();
      if (closed > 0) {
        LOG.info("Closed {} cases that were left open", closed);
        caseStreams.tellOfList();
      }
    } catch (RuntimeException e) {
      LOG.error("Cases that were left open could not be closed", e);
    }
  }

  /** Without an interruption, which would close the index's files. */
  private void stopTending() {
    stopping = true;
    desk.endCalibration();
    watching.shutdown();
    tending.shutdown();
    try {
      if (!watching.awaitTermination(TO_FINISH.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("Open cases are still being looked at");
      }
      if (!tending.awaitTermination(TO_FINISH.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("The meaning model still works on articles; what it has not seen waits");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return javalin.port();
  }

  /** Finishes what was accepted, and takes nothing more. The desk stays open. */
  @Override
  public void close() {
    readiness.stopping();
    minutes.shutdownNow();
    imports.close();
    stopTending();
    streams.close();
    webhooks.close();
    if (mail != null) {
      mail.close();
    }
    stopListening();
    metrics.close();
  }

  private void stopListening() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("Requests that still went on after {} were broken off", TO_FINISH, e);
    }
  }
}
