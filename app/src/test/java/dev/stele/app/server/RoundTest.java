package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.server.Round.Audience;
import dev.stele.app.support.Commands;
import dev.stele.app.support.PlainCodec;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What streams get of the facts of a round. */
class RoundTest {
    private static final ThreadId OTHER = new ThreadId("thread-2");

    private final List<Object> encoded = new ArrayList<>();
    private final Round round = new Round(new Counting(encoded));

    /** Tells what it was asked to encode. */
    private record Counting(List<Object> encoded) implements Codec {
        @Override
        public byte[] encode(Object value) {
            encoded.add(value);
            return new PlainCodec().encode(value);
        }

        @Override
        public <T> T decode(Class<T> type, byte[] json) {
            throw new AssertionError("nothing is read here");
        }

        @Override
        public String fingerprint(OrchestrationCommand command) {
            throw new AssertionError("no command is here");
        }
    }

    private static Audience of(@Nullable ThreadId... followed) {
        var streams = new ArrayList<Outbox>();
        for (ThreadId thread : followed) {
            streams.add(new Outbox(thread));
        }
        return Audience.of(streams);
    }

    private void happens(long place, ThreadId thread, Audience audience) {
        var fact = new StoredEvent(place, new ThreadSelected(thread), Commands.AT);
        round.add(fact, thread, audience);
    }

    private List<Long> ids(byte[] events) {
        return new String(events, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring("id: ".length())))
                .toList();
    }

    private Part part(@Nullable ThreadId thread) {
        return Objects.requireNonNull(round.part(thread));
    }

    @Test
    void a_fact_that_nobody_follows_is_counted_and_not_encoded() {
        happens(1, OTHER, of(Commands.THREAD));

        assertThat(encoded).isEmpty();
        assertThat(round.size()).isOne();
        assertThat(round.part(OTHER)).isNull();
        assertThat(round.part(null)).isNull();
    }

    @Test
    void a_fact_is_encoded_once_for_those_who_follow_all_and_those_who_follow_its_thread() {
        Audience audience = of(null, Commands.THREAD, Commands.THREAD);
        happens(1, Commands.THREAD, audience);
        happens(2, OTHER, audience);
        happens(3, Commands.THREAD, audience);

        assertThat(encoded).hasSize(3);
        assertThat(ids(part(null).bytes())).containsExactly(1L, 2L, 3L);
        assertThat(ids(part(Commands.THREAD).bytes())).containsExactly(1L, 3L);
        assertThat(part(Commands.THREAD)).isSameAs(part(Commands.THREAD));
    }

    @Test
    void who_has_sent_some_of_it_sends_the_rest() {
        Audience audience = of((ThreadId) null);
        for (long place = 5; place <= 8; place++) {
            happens(place, Commands.THREAD, audience);
        }
        Part part = part(null);

        assertThat(ids(part.bytesAfter(4))).containsExactly(5L, 6L, 7L, 8L);
        assertThat(ids(part.bytesAfter(6))).containsExactly(7L, 8L);
        assertThat(part.last()).isEqualTo(8);
    }
}
