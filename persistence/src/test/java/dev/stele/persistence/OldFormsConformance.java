package dev.stele.persistence;

import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.compact.Merging;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.domain.port.LogStats.UnknownPart;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.json.PastEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A log that holds one event in three versions and others with fields of the future: written by the
 * program of today, for which two of the versions are unknown, and read by one that knows all.
 */
public abstract class OldFormsConformance {

    private static final int PIECES = 40;

    private final JsonCodec today = new JsonCodec();
    private final JsonCodec grown = PastEvents.codec();

    /** A log that is empty at first. */
    protected interface Place {

        /** Its store, open to write. */
        EventStore open(JsonCodec codec);

        /** The care of it, while it is closed. */
        LogAdministration care(JsonCodec codec);
    }

    /** A new one. */
    protected abstract Place newPlace();

    private final List<OrchestrationEvent> first = turn(1, pieces(PIECES));
    private final List<OrchestrationEvent> second = turn(2, pieces(PIECES));
    private final List<OrchestrationEvent> third = turn(3, pieces(PIECES));

    /** Turns of which the second is in the second version, and the third in that of today. */
    private Place written() {
        Place place = newPlace();
        try (EventStore store = place.open(today)) {
            append(store, beginning());
            append(store, first);
            append(
                    store,
                    second.stream()
                            .map(event ->
                                    event instanceof MessageChunkReceived chunk
                                            ? PastEvents.inSecondForm(chunk)
                                            : event)
                            .toList());
            store.snapshots().keep(model(store));
        }
        try (EventStore store = place.open(grown)) {
            append(store, third);
        }
        return place;
    }

    private List<OrchestrationEvent> all() {
        var all = new ArrayList<>(beginning());
        all.addAll(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    private static void append(EventStore store, List<? extends OrchestrationEvent> events) {
        var entry = new Append.Entry(List.copyOf(events), null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private static List<StoredEvent> read(EventStore store) {
        return store.read(0, Integer.MAX_VALUE);
    }

    private static OrchestrationReadModel model(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : read(store)) {
            model = Projector.project(model, stored);
        }
        return model;
    }

    @Test
    void events_of_every_version_are_read_as_those_of_today() {
        Place place = written();

        try (EventStore store = place.open(grown)) {
            assertThat(read(store)).extracting(StoredEvent::event).isEqualTo(all());
        }
        assertThat(place.care(grown).verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
        assertThat(place.care(grown).stats().types())
                .filteredOn(type -> type.name().equals("MessageChunkReceived"))
                .allMatch(TypeStats::known)
                .extracting(TypeStats::version)
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(place.care(grown).stats().unknown().parts()).isEmpty();
    }

    @Test
    void a_program_that_does_not_know_a_version_keeps_and_reports_it() {
        Place place = written();

        try (EventStore store = place.open(today)) {
            assertThat(read(store))
                    .filteredOn(stored -> stored.event() instanceof UnknownEvent)
                    .hasSize(2 * (PIECES - 1));
        }
        int turn = first.size();
        assertThat(place.care(today).stats().unknown().events()).isEqualTo(2 * (PIECES - 1));
        assertThat(place.care(today).stats().unknown().parts())
                .containsExactly(
                        new UnknownPart("MessageChunkReceived", 2, null, PIECES - 1, 2 + turn + 4),
                        new UnknownPart(
                                "MessageChunkReceived", 3, null, PIECES - 1, 2 + 2 * turn + 4));
    }

    @Test
    void a_model_that_was_kept_by_a_program_that_knew_less_is_not_used() {
        try (EventStore store = written().open(grown)) {
            assertThat(store.snapshots().newest()).isEqualTo(OrchestrationReadModel.EMPTY);
        }
    }

    @Test
    void an_export_carries_old_forms_elsewhere_whoever_makes_it() throws IOException {
        Place place = written();
        byte[] export = export(place.care(grown));
        Place other = newPlace();

        other.care(today).importFrom(new ByteArrayInputStream(export), LogProgress.SILENT);

        assertThat(export(other.care(today)))
                .isEqualTo(export)
                .isEqualTo(export(place.care(today)));
        assertThat(other.care(grown).verify(place.care(grown).head(), LogProgress.SILENT))
                .isInstanceOf(Sound.class);
        try (EventStore one = place.open(grown);
                EventStore two = other.open(grown)) {
            assertThat(model(two)).isEqualTo(model(one));
            assertThat(read(two)).isEqualTo(read(one));
        }
    }

    private static byte[] export(LogAdministration log) throws IOException {
        var out = new ByteArrayOutputStream();
        log.exportTo(out, LogProgress.SILENT);
        return out.toByteArray();
    }

    @Test
    void pieces_of_all_versions_are_merged_and_the_model_is_equal() {
        Place place = written();
        OrchestrationReadModel before;
        try (EventStore store = place.open(grown)) {
            before = model(store);
            compact(store, all().size());

            assertThat(read(store))
                    .filteredOn(stored -> stored.event() instanceof AbsorbedEvent)
                    .hasSize(3 * (PIECES - 1));
            assertThat(model(store).atSequence(0)).isEqualTo(before.atSequence(0));
        }
        assertThat(place.care(grown).verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
    }

    /** The second version got a field later, which the program that compacts does not know. */
    @Test
    void what_a_program_does_not_know_is_counted_and_stays_when_it_compacts() {
        Place place = newPlace();
        int odd = 2 + 3 + 9;
        List<OrchestrationEvent> old = new ArrayList<>(first);
        old.replaceAll(event -> event == first.get(odd - 3) ? moody(event) : event);
        try (EventStore store = place.open(today)) {
            append(store, beginning());
            append(store, old);
        }
        try (EventStore store = place.open(grown)) {
            OrchestrationReadModel before = model(store);
            compact(store, 2 + old.size());

            assertThat(read(store)).extracting(StoredEvent::event).contains(first.get(odd - 3));
            assertThat(model(store).atSequence(0)).isEqualTo(before.atSequence(0));
            assertThat(store.rewriting().besides(1, 2 + old.size()))
                    .containsOnlyKeys((long) odd)
                    .hasEntrySatisfying(
                            (long) odd, says -> assertThat(says).contains("\"mood\":\"fine\""));
        }
        assertThat(place.care(grown).stats().unknown().events()).isEqualTo(1);
        assertThat(place.care(grown).stats().unknown().parts())
                .containsExactly(new UnknownPart("MessageChunkReceived", 2, "mood", 1, odd));
        assertThat(place.care(grown).verify(LogProgress.SILENT)).isInstanceOf(Sound.class);
    }

    private static OrchestrationEvent moody(OrchestrationEvent event) {
        return PastEvents.inSecondForm((MessageChunkReceived) event, ",\"mood\":\"fine\"");
    }

    private static void compact(EventStore store, long last) {
        Replacement prepared =
                store.rewriting()
                        .prepare(
                                new StretchChange(
                                        1,
                                        last,
                                        Merging.of(
                                                store.read(0, (int) last),
                                                store.rewriting().besides(1, last).keySet())));
        append(store, List.of(new LogCompacted(1, last, prepared.digest(), Samples.AT)));
        store.rewriting().replace(prepared);
    }
}
