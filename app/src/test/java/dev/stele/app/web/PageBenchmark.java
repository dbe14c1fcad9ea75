package dev.stele.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What people wait for in the page, in Chromium: a thread with 50,000 messages from the click on
 * its address until its newest messages are painted, and a piece of an agent's words from the
 * moment that it is handed to the log until the frame that shows it. Beside the second stands the
 * bare event of the same piece, as a program hears it over HTTP.
 *
 * <p>The goals are one second, and 100 ms at the median.
 */
public final class PageBenchmark {
    private static final int MESSAGES = 50_000;
    private static final int OPENINGS = 15;
    private static final int DELTAS = 300;
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(40);
    private static final Pattern PIECE = Pattern.compile("#([0-9]+)#");

    /** Notes when a piece is in a frame that was drawn. */
    private static final String WATCH =
            """
            window.shown = {};
            let newest = 0;
            const note = () => {
              const text = document.querySelector('.message:last-child')?.textContent ?? '';
              const last = Number([...text.slice(-400).matchAll(/#([0-9]+)#/g)].at(-1)?.[1] ?? 0);
              if (last <= newest) return;
              const from = newest;
              newest = last;
              // Drawn within a frame; a message to oneself is heard when that frame is painted.
              const painted = new MessageChannel();
              painted.port1.onmessage = () => {
                const now = performance.timeOrigin + performance.now();
                for (let n = from + 1; n <= last; n++) window.shown[n] = now;
              };
              painted.port2.postMessage(null);
            };
            new MutationObserver(note).observe(document.getElementById('transcript'),
              { subtree: true, childList: true, characterData: true });
            """;

    private static final String PAINTED =
            """
            const painted = () => performance.getEntriesByName('conversation').at(-1)?.startTime;
            while (painted() === undefined) await new Promise((later) => setTimeout(later, 20));
            const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
            return [first ?? painted(), painted()];
            """;

    private PageBenchmark() {}

    /** Measures both, and prints them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("page");
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Long").prompted("Count");
            LongThreadTest.count(puppet, MESSAGES);
            page.enter(home).opens(puppet);
            opening(page);
            deltas(home, page, puppet);
        }
    }

    private static void opening(Page page) {
        URI address = page.address();
        var first = new double[OPENINGS];
        var painted = new double[OPENINGS];
        for (int n = 0; n < OPENINGS; n++) {
            page.go(URI.create("about:blank"));
            page.go(address);
            List<?> times = (List<?>) Objects.requireNonNull(page.answer(PAINTED));
            first[n] = ((Number) times.get(0)).doubleValue();
            painted[n] = ((Number) times.get(1)).doubleValue();
        }
        System.out.printf("A thread with %,d messages, opened %d times%n", MESSAGES, OPENINGS);
        print("  first paint of anything", first);
        print("  newest messages painted", painted);
    }

    private static void deltas(ServedHome home, Page page, Puppet puppet)
            throws IOException, InterruptedException {
        page.connected().script(WATCH);
        var heard = new ConcurrentHashMap<Integer, Double>();
        HttpClient client = HttpClient.newHttpClient();
        Thread listener = Thread.ofVirtual().start(() -> listen(home, client, heard));
        var said = new double[DELTAS];
        for (int n = 1; n <= DELTAS; n++) {
            said[n - 1] = now();
            puppet.says(" #" + n + "#" + (n % 40 == 0 ? "\n\n" : ""), "streamed");
            LockSupport.parkNanos(BETWEEN);
        }
        page.until("all is shown", "return window.shown[arguments[0]] !== undefined", DELTAS);
        Map<?, ?> shown = (Map<?, ?>) Objects.requireNonNull(page.script("return window.shown"));
        var bare = new ArrayList<Double>();
        var drawn = new ArrayList<Double>();
        for (int n = 1; n <= DELTAS; n++) {
            Double event = heard.get(n);
            if (event != null) {
                bare.add(event - said[n - 1]);
            }
            Number frame = (Number) Objects.requireNonNull(shown.get(Integer.toString(n)));
            drawn.add(frame.doubleValue() - said[n - 1]);
        }
        client.shutdownNow();
        listener.join();
        System.out.printf("%d pieces of an agent's words, one every 40 ms%n", DELTAS);
        print("  bare event at a program", array(bare));
        print("  drawn in the page", array(drawn));
    }

    private static void listen(ServedHome home, HttpClient client, Map<Integer, Double> heard) {
        String token = home.entrance().getQuery().replace("token=", "");
        HttpRequest request =
                HttpRequest.newBuilder(home.entrance().resolve("/api/events"))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream")
                        .build();
        try (Stream<String> lines =
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.forEach(line -> {
                Matcher piece = PIECE.matcher(line);
                if (piece.find()) {
                    heard.putIfAbsent(Integer.valueOf(piece.group(1)), now());
                }
            });
        } catch (IOException | UncheckedIOException | InterruptedException ended) {
            Thread.currentThread().interrupt(); // the run is over
        }
    }

    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-32s median %6.1f ms, nine in ten within %6.1f ms, most %6.1f ms%n",
                what,
                millis[millis.length / 2],
                millis[millis.length * 9 / 10],
                millis[millis.length - 1]);
    }
}
