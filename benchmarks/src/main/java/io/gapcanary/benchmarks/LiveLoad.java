package io.gapcanary.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Agents who each follow a case of their own over an event stream, while messages arrive at a rate
 * that does not depend on the answers.
 *
 * <p>Customer and agent speak in turns, half of the agents' customers at a time; every customer
 * says something that was never said before. After {@value #MESSAGES_A_CASE} messages a case is
 * closed and the agent takes the next, not all agents at once.
 *
 * <p>A message's time counts from when it should have been sent to when its suggestions are on the
 * stream, so that a service that stalls is charged for all that should have been sent meanwhile.
 */
final class LiveLoad implements AutoCloseable {
  private static final Duration SETTLES = Duration.ofSeconds(10);
  private static final int MESSAGES_A_CASE = 12;
  private static final Duration BETWEEN_CASES = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServedDesk desk;
  private final String run;
  private final int agents;
  private final List<String> questions;
  private final HttpClient streams = HttpClient.newHttpClient();
  private final HttpClient messages = HttpClient.newHttpClient();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Queue<Long>> awaited;
  private final AtomicIntegerArray cases;
  private final AtomicReferenceArray<Reader> readers;
  private final AtomicLong failed = new AtomicLong();
  private final AtomicBoolean measuring = new AtomicBoolean();
  private final Histogram times = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(10), 3);

  LiveLoad(ServedDesk desk, String run, int agents, List<String> questions) {
    this.desk = desk;
    this.run = run;
    this.agents = agents;
    this.questions = questions;
    this.cases = new AtomicIntegerArray(agents);
    this.readers = new AtomicReferenceArray<>(agents);
    this.awaited =
        IntStream.range(0, agents)
            .<Queue<Long>>mapToObj(i -> new ConcurrentLinkedQueue<>())
            .toList();
  }

  /** What came of a run. */
  record Result(
      Histogram times,
      long sent,
      long failed,
      long missing,
      List<String> notTold,
      Duration worked) {
    double millis(double percentile) {
      return times.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private String caseId(int agent) {
    return run + "-" + agent + "-" + cases.get(agent);
  }

  /** Opens a case for each agent, and its stream. */
  void listen() throws IOException, InterruptedException {
    CountDownLatch listening = new CountDownLatch(agents);
    for (int agent = 0; agent < agents; agent++) {
      listen(agent, listening::countDown);
    }
    if (!listening.await(2, TimeUnit.MINUTES)) {
      throw new IOException(listening.getCount() + " streams did not begin");
    }
  }

  private void listen(int agent, Runnable begun) throws IOException, InterruptedException {
    String id = caseId(agent);
    post("/api/v1/cases", Map.of("id", id));
    Reader reader = new Reader(agent, begun);
    readers.set(agent, reader);
    streams
        .sendAsync(
            HttpRequest.newBuilder(desk.to("/api/v1/cases/" + id + "/events")).build(),
            HttpResponse.BodyHandlers.fromLineSubscriber(reader))
        .exceptionally(
            failure -> {
              failed.incrementAndGet();
              return null;
            });
  }

  /** Closes an agent's case and takes the next. */
  private void takeNext(int agent) throws IOException, InterruptedException {
    Thread.sleep(BETWEEN_CASES);
    post("/api/v1/cases/" + caseId(agent) + "/close", Map.of());
    cases.incrementAndGet(agent);
    listen(agent, () -> {});
  }

  /** Takes an agent's events as they come, until the case is closed. */
  private final class Reader implements Flow.Subscriber<String> {
    private final int agent;
    private final Runnable whenBegun;
    private Flow.@Nullable Subscription subscription;
    private volatile boolean begun;
    private volatile String ended = "";
    private final AtomicInteger told = new AtomicInteger();

    Reader(int agent, Runnable whenBegun) {
      this.agent = agent;
      this.whenBegun = whenBegun;
    }

    @Override
    public void onSubscribe(Flow.Subscription its) {
      subscription = its;
      its.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.equals("event: closed") && subscription != null) {
        subscription.cancel();
      }
      if (line.equals("event: suggestions")) {
        if (!begun) {
          begun = true; // how the case stands at the beginning
          whenBegun.run();
          return;
        }
        told.incrementAndGet();
        Long intended = awaited.get(agent).poll();
        if (intended != null && measuring.get()) {
          times.recordValue(System.nanoTime() - intended);
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      ended = ", failed: " + failure;
      failed.incrementAndGet();
    }

    @Override
    public void onComplete() {
      ended = ", at its end";
    }

    @Override
    public String toString() {
      return (begun ? "begun" : "not begun") + ", " + told.get() + " messages told" + ended;
    }
  }

  /** Where suggestions are awaited: the case, since when, and how its stream stands. */
  List<String> notTold(long begin) {
    return IntStream.range(0, agents)
        .filter(agent -> !awaited.get(agent).isEmpty())
        .mapToObj(
            agent ->
                caseId(agent)
                    + ", seconds "
                    + awaited.get(agent).stream()
                        .map(at -> "%.1f".formatted((at - begin) / 1e9))
                        .toList()
                    + ", stream "
                    + readers.get(agent))
        .toList();
  }

  /** Sends messages at a rate for some time. */
  Result run(double perSecond, Duration time) throws InterruptedException {
    times.reset();
    failed.set(0);
    awaited.forEach(Queue::clear);
    measuring.set(true);
    Duration workedBefore = desk.worked();
    long count = (long) (perSecond * time.toNanos() / 1e9);
    long begin = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long intended = begin + (long) (i * 1e9 / perSecond);
      for (long now = System.nanoTime(); now < intended; now = System.nanoTime()) {
        LockSupport.parkNanos(intended - now);
      }
      long number = i;
      senders.submit(() -> send(number, intended));
    }
    long until = System.nanoTime() + SETTLES.toNanos();
    while (missing() > 0 && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    measuring.set(false);
    return new Result(
        times.copy(),
        count,
        failed.get(),
        missing(),
        notTold(begin),
        desk.worked().minus(workedBefore));
  }

  private long missing() {
    return awaited.stream().mapToLong(Queue::size).sum();
  }

  private void send(long number, long intended) {
    int agent = (int) (number % agents);
    long turn = number / agents + agent;
    awaited.get(agent).add(intended);
    try {
      post(
          "/api/v1/cases/" + caseId(agent) + "/messages",
          turn % 2 == 0
              ? Map.of("from", "customer", "text", question(number))
              : Map.of("from", "agent", "text", "Thank you, I am looking into it for you."));
      if (turn % MESSAGES_A_CASE == MESSAGES_A_CASE - 1) {
        takeNext(agent);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failed.incrementAndGet();
    }
  }

  /** The beginning of one real question and the end of another. */
  private String question(long number) {
    Random random = new Random(run.hashCode() * 31L + number);
    String one = questions.get(random.nextInt(questions.size()));
    String other = questions.get(random.nextInt(questions.size()));
    return one.substring(0, one.lastIndexOf(' ', one.length() / 2) + 1)
        + other.substring(other.indexOf(' ', other.length() / 2) + 1);
  }

  private void post(String path, Map<String, String> body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        messages.send(
            HttpRequest.newBuilder(desk.to(path))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("It answered " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    streams.shutdownNow();
    messages.shutdownNow();
    senders.shutdownNow();
  }
}
