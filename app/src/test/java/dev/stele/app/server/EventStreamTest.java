package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.app.support.Waiting;
import dev.stele.domain.model.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events: nothing is missed, nothing comes twice, and nobody waits for the slow. */
class EventStreamTest {
    private final ServerRig rig;
    private final List<Listener> listeners = new ArrayList<>();

    EventStreamTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
        rig.withTurn();
    }

    @AfterEach
    void close() {
        listeners.forEach(Listener::close);
        rig.close();
    }

    private Listener listen(String query, String... headers) {
        var listener = new Listener(rig, query, headers);
        listeners.add(listener);
        return listener;
    }

    private static List<Long> from(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void what_is_stored_comes_first_then_what_happens_without_a_gap_also_under_load() {
        var talk = Thread.startVirtualThread(() -> say(1, 2_000));
        var all = listen("?after=0");
        var late = listen("?after=3");
        Waiting.until("some talk", () -> rig.stele.model().sequence() > 500);
        var middle = listen("?after=100");
        Waiting.until("the end of the talk", () -> !talk.isAlive());
        long head = rig.stele.model().sequence();

        all.awaitId(head);
        late.awaitId(head);
        middle.awaitId(head);

        assertThat(all.ids).isEqualTo(from(1, head));
        assertThat(late.ids).isEqualTo(from(4, head));
        assertThat(middle.ids).isEqualTo(from(101, head));
    }

    private void say(long from, int times) {
        for (long sequence = from; sequence < from + times; sequence++) {
            rig.send(Commands.says(sequence, "word "));
        }
    }

    @Test
    void a_client_that_comes_back_goes_on_where_it_was() {
        var first = listen("?after=0");
        first.awaitId(4);
        first.close();
        say(1, 50);

        var again = listen("?after=0", "Last-Event-ID", "4");
        long head = rig.stele.model().sequence();
        again.awaitId(head);

        assertThat(again.ids).isEqualTo(from(5, head));
    }

    @Test
    void without_a_place_it_begins_now_and_a_thread_is_followed_alone() {
        var everything = listen("");
        var thread = listen("?thread=thread-1");
        var other = listen("?thread=thread-2");
        rig.send(Commands.rename("A"));
        say(1, 2);
        rig.send(Commands.thread(2));
        long head = rig.stele.model().sequence();
        everything.awaitId(head);
        other.awaitId(head);
        thread.awaitId(head - 1);

        assertThat(everything.events.getFirst()).isEqualTo("ProjectRenamed");
        assertThat(thread.events)
                .isNotEmpty()
                .allMatch("MessageAppended MessageChunkReceived"::contains);
        assertThat(other.events).containsExactly("ThreadCreated");
    }

    @Test
    void who_does_not_keep_up_is_told_to_load_anew_and_others_miss_nothing() throws IOException {
        var good = listen("?after=4");
        try (var slow =
                new Socket(InetAddress.getLoopbackAddress(), rig.server.address().getPort())) {
            slow.getOutputStream()
                    .write(
                            String.join(
                                            "\r\n",
                                            "GET /api/events?after=4 HTTP/1.0",
                                            "Host: 127.0.0.1:%d",
                                            "Authorization: Bearer %s",
                                            "Accept: text/event-stream",
                                            "",
                                            "")
                                    .formatted(rig.server.address().getPort(), rig.token)
                                    .getBytes(StandardCharsets.US_ASCII));
            Waiting.until("two streams", () -> streams() == 2);
            String much = "x".repeat(500_000);
            for (int i = 1; i <= 60; i++) {
                rig.send(Commands.says(i, much));
            }
            good.awaitId(rig.stele.model().sequence());

            String told = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(told).contains("event: resync\ndata: {\"sequence\":");
            assertThat(told.length()).isLessThan(60 * 500_000);
        }
        assertThat(good.ids).isEqualTo(from(5, rig.stele.model().sequence()));
    }

    private long streams() {
        return rig.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("stele_streams "))
                .mapToLong(line -> Long.parseLong(line.substring("stele_streams ".length())))
                .sum();
    }

    @Test
    void a_place_beyond_the_log_is_refused() {
        assertThat(status("?after=99")).isEqualTo(404);
        assertThat(status("?after=-1")).isEqualTo(400);
    }

    private int status(String query) {
        return rig.answer(
                        rig.request("/api/events" + query)
                                .header("Accept", "text/event-stream")
                                .build())
                .statusCode();
    }

    @Test
    void streams_end_when_the_server_is_closed_and_the_log_holds_all() {
        var open = listen("?after=0");
        open.awaitId(4);

        rig.server.close();

        Waiting.until("the end of the stream", () -> open.isOver());
        assertThat(open.ids).isEqualTo(from(1, 4));
        rig.send(Commands.rename("After"));
        assertThat(rig.stele.model().project(Commands.PROJECT))
                .extracting(Project::name)
                .isEqualTo("After");
    }
}
