package dev.stele.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Sound;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain of hashes finds what was changed behind the store's back. */
class LogCheckTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 255, 256, 300})
    void a_log_as_it_was_written_is_sound_at_any_length(int length) throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), length);

        assertThat(Stores.verify(database)).isInstanceOf(Sound.class);
        assertThat(((Sound) Stores.verify(database)).head().sequence()).isEqualTo(length);
    }

    @Test
    void the_hash_stands_for_the_events_however_they_were_appended() throws Exception {
        Path one = Stores.make(folder.resolve("one.db"), 130);
        Path many = folder.resolve("many.db");
        try (EventStore store = Stores.open(many)) {
            for (int i = 0; i < 130; i++) {
                Stores.append(store, 1);
            }
        }

        assertThat(Stores.verify(many)).isEqualTo(Stores.verify(one));
        assertThat(Stores.verify(Stores.make(folder.resolve("longer.db"), 131)))
                .isNotEqualTo(Stores.verify(one));
    }

    @Test
    void the_form_of_the_chain_is_pinned() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 2);

        assertThat(Stores.verify(database))
                .isEqualTo(
                        new Sound(
                                new LogHead(
                                        2,
                                        "fd66114e34bab5a8892e000850569a30422c1e0e169a01eb69abbc223b5f394b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update event set payload = cast(replace(cast(payload as text), 'piece 5"', 'Piece 5"') as blob) where sequence = 5 | 5
                    update event set stored_at = stored_at + 1 where sequence = 70 | 70
                    update event set event_type = event_type + 1 where sequence = 1 | 1
                    update event_type set version = 2 where name = 'MessageChunkReceived' | 1
                    update event_type set name = 'MessagePieceReceived' where name = 'MessageChunkReceived' | 1
                    update event set event_type = 999 where sequence = 3 | 3
                    delete from event where sequence = 1 | 1
                    delete from event where sequence = 100 | 100
                    delete from event where sequence = 200 | 200
                    delete from event where sequence > 128 | 129
                    update event set hash = null where sequence = 5 | 5
                    update event set hash = null where sequence = 64 | 64
                    update event set hash = zeroblob(32) where sequence = 128 | 128
                    update event set hash = zeroblob(2) where sequence = 129 | 129
                    update event set payload = (select payload from event where sequence = 199) where sequence = 200 | 200
                    update event set stored_at = 0 where sequence = 150 | 150
                    insert into event select 201, event_type, stored_at, payload, hash from event where sequence = 200 | 201
                    update meta set head = 199 | 200
                    update meta set head = 201 | 201
                    update meta set head_hash = zeroblob(32) | 200
                    """)
    void the_first_event_that_does_not_fit_is_named(String change, long sequence) throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 200);

        Stores.sql(database, change);

        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.sequence()).isEqualTo(sequence);
                            assertThat(broken.why()).isNotBlank();
                        });
    }

    /** Sequences are moved out of the way first, since each is there once. */
    @Test
    void an_event_put_in_between_is_named() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 200);

        Stores.sql(database, "update event set sequence = -sequence - 1 where sequence >= 70");
        Stores.sql(database, "update event set sequence = -sequence where sequence < 0");
        Stores.sql(
                database,
                "insert into event select 70, event_type, stored_at, payload, hash from event"
                        + " where sequence = 69");
        Stores.sql(database, "update meta set head = 201");

        assertBroken(database, 70);
    }

    @Test
    void two_events_that_changed_places_are_named_by_the_first() throws Exception {
        Path database = Stores.make(folder.resolve("stele.db"), 200);

        Stores.sql(database, "update event set sequence = -1 where sequence = 90");
        Stores.sql(database, "update event set sequence = 90 where sequence = 110");
        Stores.sql(database, "update event set sequence = 110 where sequence = -1");

        assertBroken(database, 90);
    }

    private static void assertBroken(Path database, long sequence) {
        assertThat(Stores.verify(database))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(sequence));
    }
}
