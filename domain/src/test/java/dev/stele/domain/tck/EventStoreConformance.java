package dev.stele.domain.tck;

import static dev.stele.domain.tck.Appends.TURN;
import static dev.stele.domain.tck.Appends.accepted;
import static dev.stele.domain.tck.Appends.appendOf;
import static dev.stele.domain.tck.Appends.appendOfEvents;
import static dev.stele.domain.tck.Appends.chunk;
import static dev.stele.domain.tck.Appends.chunks;
import static dev.stele.domain.tck.Appends.entry;
import static dev.stele.domain.tck.Appends.receipt;
import static dev.stele.domain.tck.Appends.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.compact.Merging;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult.Appended;
import dev.stele.domain.port.AppendResult.Unencodable;
import dev.stele.domain.port.AppendResult.WrongHead;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogRewriting.Stretch;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.project.Projector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link EventStore} has to do. An adapter proves itself with a subclass that returns a
 * fixture; no test can be skipped, and a store that does nothing fails each of them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EventStoreConformance {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private EventStoreFixture fixture;
    private EventStore store;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // filled before each test
    protected EventStoreConformance() {}

    /** {@return a place for a store, empty and of its own for each test} */
    protected abstract EventStoreFixture newFixture();

    @BeforeEach
    final void openStore() {
        fixture = newFixture();
        store = fixture.open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
        fixture.close();
    }

    @Test
    void an_empty_store_stands_at_zero_and_moves_with_the_first_append() {
        assertThat(store.head()).isZero();
        assertThat(store.read(0, 10)).isEmpty();

        append(chunks(1));

        assertThat(store.head()).isEqualTo(1);
        assertThat(store.read(0, 10)).hasSize(1);
    }

    @Test
    void an_append_answers_with_the_new_head_and_the_store_stands_there() {
        assertThat(store.append(appendOfEvents(0, chunks(3)))).isEqualTo(new Appended(3));
        assertThat(store.head()).isEqualTo(3);

        assertThat(store.append(appendOfEvents(3, chunks(2)))).isEqualTo(new Appended(5));
        assertThat(store.head()).isEqualTo(5);
    }

    @Test
    void sequences_count_from_one_without_gaps_over_entries_and_appends() {
        store.append(appendOf(0, entry(chunks(2)), entry(List.of()), entry(chunks(3))));
        append(chunks(1));
        append(chunks(7));

        assertThat(store.read(0, 100))
                .extracting(StoredEvent::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
    }

    @Test
    void events_keep_the_order_of_their_entries() {
        var first = chunks(40);
        var second = Samples.events();
        store.append(appendOf(0, entry(first), entry(second)));

        var expected = new ArrayList<OrchestrationEvent>(first);
        expected.addAll(second);
        assertThat(events()).isEqualTo(expected);
    }

    @Test
    void an_append_decided_on_another_head_learns_the_true_one_and_stores_nothing() {
        append(chunks(3));

        for (long wrong : new long[] {0, 2, 4, Long.MAX_VALUE}) {
            var refused = entry(chunks(2), accepted("cmd-wrong", 1, 2));
            var marked = entry(chunks(1), new ProviderMark(TURN, 9));
            assertThat(store.append(appendOf(wrong, refused, marked))).isEqualTo(new WrongHead(3));
        }

        assertThat(store.head()).isEqualTo(3);
        assertThat(events()).isEqualTo(chunks(3));
        assertThat(store.receipt(new CommandId("cmd-wrong"))).isNull();
        assertThat(store.providerMark(TURN)).isZero();
    }

    @Test
    void receipts_and_marks_come_with_the_events_of_their_append() {
        var answered = accepted("cmd-1", 1, 2);
        var turn = new TurnId("trn-2");
        store.append(
                appendOf(
                        0,
                        entry(chunks(2), answered),
                        entry(chunks(1), new ProviderMark(turn, 7))));

        assertThat(store.receipt(answered.commandId())).isEqualTo(answered);
        assertThat(store.providerMark(turn)).isEqualTo(7);
        assertThat(store.head()).isEqualTo(3);
    }

    @Test
    void a_fact_leads_back_to_the_receipt_of_its_command() {
        var first = accepted("cmd-1", 1, 2);
        var third = accepted("cmd-3", 4, 4);
        var nothing = accepted("cmd-4", 5, 4);
        store.append(
                appendOf(
                        0,
                        entry(chunks(2), first),
                        entry(chunks(1), new ProviderMark(TURN, 1)),
                        entry(chunks(1), third),
                        entry(List.of(), nothing),
                        entry(List.of(), rejected("cmd-5"))));

        assertThat(store.receiptAt(1)).isEqualTo(first);
        assertThat(store.receiptAt(2)).isEqualTo(first);
        assertThat(store.receiptAt(3)).isNull();
        assertThat(store.receiptAt(4)).isEqualTo(third);
        assertThat(store.receiptAt(5)).isNull();
        assertThat(store.receiptAt(0)).isNull();
    }

    @Test
    void a_refused_command_leaves_a_receipt_without_events() {
        append(chunks(1));

        assertThat(store.append(appendOf(1, entry(List.of(), rejected("cmd-2")))))
                .isEqualTo(new Appended(1));

        assertThat(store.receipt(new CommandId("cmd-2"))).isEqualTo(rejected("cmd-2"));
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void an_append_without_events_keeps_the_head_and_stores_its_receipts_and_marks() {
        append(chunks(2));

        var answered = accepted("cmd-3", 3, 2);
        var append =
                appendOf(
                        2, entry(List.of(), answered), entry(List.of(), new ProviderMark(TURN, 4)));
        assertThat(store.append(append)).isEqualTo(new Appended(2));
        assertThat(store.append(appendOf(2))).isEqualTo(new Appended(2));

        assertThat(store.receipt(answered.commandId())).isEqualTo(answered);
        assertThat(store.providerMark(TURN)).isEqualTo(4);
        assertThat(events()).isEqualTo(chunks(2));
    }

    @Test
    void receipts_of_every_answer_survive_reopening() {
        var receipts = new ArrayList<Receipt>();
        receipts.add(accepted("cmd-ok", 1, 1));
        for (DeciderError error : Samples.errors()) {
            receipts.add(receipt("cmd-" + receipts.size(), new Receipt.Outcome.Rejected(error)));
        }
        var entries = receipts.stream().map(receipt -> entry(List.of(), receipt));
        store.append(appendOf(0, entries.toArray(Append.Entry[]::new)));

        reopen();

        assertThat(receipts).allSatisfy(r -> assertThat(store.receipt(r.commandId())).isEqualTo(r));
    }

    @Test
    void a_command_id_is_answered_once_and_a_second_answer_stores_nothing() {
        store.append(appendOf(0, entry(chunks(1), accepted("cmd-4", 1, 1))));

        var second = appendOf(1, entry(chunks(3)), entry(chunks(1), rejected("cmd-4")));
        assertThatThrownBy(() -> store.append(second)).isInstanceOf(StoreException.class);

        assertThat(store.receipt(new CommandId("cmd-4"))).isEqualTo(accepted("cmd-4", 1, 1));
        assertThat(store.head()).isEqualTo(1);
        append(chunks(1));
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void no_command_id_with_a_receipt_exceeds_the_last() {
        for (String id : List.of("cmd-5", "cmd-50", "Cmd-6", "_", "cmd-4")) {
            store.append(appendOf(0, entry(List.of(), rejected(id))));

            assertThat(store.receipt(new CommandId(id))).isNotNull();
            assertThat(lastCommandId()).isGreaterThanOrEqualTo(id);
        }
        store.close();
        store = fixture.open();
        assertThat(store.receipt(new CommandId("cmd-50"))).isNotNull();
        assertThat(lastCommandId()).isGreaterThanOrEqualTo("cmd-50");
    }

    private String lastCommandId() {
        CommandId last = store.lastCommandId();
        return last == null ? "" : last.value();
    }

    @Test
    void a_command_id_that_was_never_answered_has_no_receipt() {
        store.append(appendOf(0, entry(chunks(1), accepted("cmd-5", 1, 1))));

        assertThat(store.receipt(new CommandId("cmd-6"))).isNull();
        assertThat(store.receipt(new CommandId("CMD-5"))).isNull();
        assertThat(store.receipt(new CommandId("cmd-5"))).isNotNull();
    }

    @Test
    void a_mark_only_grows_and_each_turn_has_its_own() {
        mark(TURN, 5);
        mark(TURN, 3);
        assertThat(store.providerMark(TURN)).isEqualTo(5);

        var twice = entry(chunks(1), new ProviderMark(TURN, 8));
        store.append(appendOf(2, twice, entry(chunks(1), new ProviderMark(TURN, 6))));
        assertThat(store.providerMark(TURN)).isEqualTo(8);
        assertThat(store.providerMark(new TurnId("trn-other"))).isZero();

        reopen();
        mark(TURN, 1);
        assertThat(store.providerMark(TURN)).isEqualTo(8);
    }

    @Test
    void everything_survives_reopening_and_the_log_goes_on() {
        store.append(appendOf(0, entry(Samples.events(), accepted("cmd-7", 1, 9))));
        mark(TURN, 12);
        var before = store.read(0, 1000);

        reopen();

        assertThat(store.read(0, 1000)).isEqualTo(before).hasSize(Samples.events().size() + 1);
        assertThat(store.receipt(new CommandId("cmd-7"))).isEqualTo(accepted("cmd-7", 1, 9));
        assertThat(store.providerMark(TURN)).isEqualTo(12);
        append(chunks(1));
        assertThat(store.read(before.size(), 10))
                .extracting(StoredEvent::sequence)
                .containsExactly(before.size() + 1L);
    }

    @Test
    void pages_of_any_size_hold_every_event_once() {
        append(chunks(50));
        var all = store.read(0, 1000);
        assertThat(all).hasSize(50);

        for (int size = 1; size <= 51; size++) {
            var paged = new ArrayList<StoredEvent>();
            List<StoredEvent> page = store.read(0, size);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                paged.addAll(page);
                assertThat(paged).hasSizeLessThanOrEqualTo(50);
                page = store.read(paged.getLast().sequence(), size);
            }
            assertThat(paged).as("pages of %d", size).isEqualTo(all);
        }
    }

    @Test
    void a_page_begins_at_any_place_and_is_empty_at_the_end() {
        append(chunks(20));
        var all = store.read(0, 1000);
        assertThat(all).hasSize(20);

        for (int after = 0; after <= 20; after++) {
            assertThat(store.read(after, 3)).isEqualTo(all.subList(after, Math.min(20, after + 3)));
        }
        assertThat(store.read(21, 3)).isEmpty();
        assertThat(store.read(Long.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
        assertThat(store.read(19, Integer.MAX_VALUE)).isEqualTo(all.subList(19, 20));
    }

    @Test
    void the_time_of_storing_is_cut_to_milliseconds_and_read_back_equal() {
        append(Instant.parse("2026-03-01T09:30:00.123999999Z"));
        append(Instant.parse("1969-12-31T23:59:59.999000001Z"));
        append(Instant.EPOCH);

        assertThat(store.read(0, 10))
                .extracting(StoredEvent::storedAt)
                .containsExactly(
                        Instant.parse("2026-03-01T09:30:00.123Z"),
                        Instant.parse("1969-12-31T23:59:59.999Z"),
                        Instant.EPOCH);
    }

    @Test
    void every_kind_of_event_reads_back_equal() {
        append(Samples.events());

        assertThat(events()).isEqualTo(Samples.events());
    }

    @Test
    void a_text_of_a_million_characters_reads_back_equal() {
        var large = chunk("0123456789 äöü 😀".repeat(60_000));
        append(List.of(large));

        assertThat(events().equals(List.of(large))).isTrue();
    }

    @Test
    void odd_texts_read_back_equal_also_in_receipts() {
        var error = new DeciderError.InvalidInput("name", Samples.ODD_TEXT);
        var refused = receipt("cmd-8", new Receipt.Outcome.Rejected(error));
        store.append(appendOf(0, entry(List.of(chunk(Samples.ODD_TEXT), chunk("")), refused)));

        assertThat(events()).containsExactly(chunk(Samples.ODD_TEXT), chunk(""));
        assertThat(store.receipt(refused.commandId())).isEqualTo(refused);
    }

    @Test
    void readers_beside_the_writer_see_whole_appends_without_gaps() throws Exception {
        var written = new AtomicBoolean();
        var reading = new CountDownLatch(3);
        try (var threads = Executors.newFixedThreadPool(3)) {
            Callable<Long> reader = () -> readInBatchesOfThree(reading, written);
            List<Future<Long>> readers =
                    List.of(threads.submit(reader), threads.submit(reader), threads.submit(reader));
            reading.await();
            try {
                for (int i = 0; i < 100; i++) {
                    append(chunks(3));
                }
            } finally {
                written.set(true);
            }
            for (Future<Long> seen : readers) {
                assertThat(seen.get()).isEqualTo(300);
            }
        }
    }

    private long readInBatchesOfThree(CountDownLatch reading, AtomicBoolean written) {
        long position = 0;
        boolean last = false;
        while (!last) {
            last = written.get();
            List<StoredEvent> page = store.read(position, 3000);
            reading.countDown();
            assertThat(page.size() % 3).as("events of a part of an append").isZero();
            for (StoredEvent stored : page) {
                assertThat(stored.sequence()).isEqualTo(++position);
            }
            assertThat(store.head()).isGreaterThanOrEqualTo(position);
        }
        return position;
    }

    @Test
    void readers_see_a_receipt_neither_before_its_events_nor_after_them() throws Exception {
        var written = new AtomicBoolean();
        var reading = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Long> reader = threads.submit(() -> readWithReceipts(reading, written));
            reading.await();
            try {
                for (int i = 0; i < 200; i++) {
                    var answer = accepted("cmd-at-" + (i + 1), i + 1, i + 1);
                    store.append(appendOf(i, entry(chunks(1), answer)));
                }
            } finally {
                written.set(true);
            }
            assertThat(reader.get()).isEqualTo(200);
        }
    }

    /** Asks for the receipt after the head, and for the head after the next receipt. */
    private long readWithReceipts(CountDownLatch reading, AtomicBoolean written) {
        long head = 0;
        boolean last = false;
        while (!last) {
            last = written.get();
            head = store.head();
            reading.countDown();
            if (head > 0) {
                assertThat(receiptAt(head)).as("receipt of a visible event").isNotNull();
            }
            if (receiptAt(head + 1) != null) {
                assertThat(store.head()).as("head beside a visible receipt").isGreaterThan(head);
            }
        }
        return head;
    }

    private @Nullable Receipt receiptAt(long sequence) {
        return store.receipt(new CommandId("cmd-at-" + sequence));
    }

    @Test
    void a_command_too_large_to_store_is_named_and_the_others_go_without_it() {
        append(chunks(1));
        var text = chunk("x".repeat(fixture.largestEvent()));
        var tooLarge = entry(List.of(text), rejected("cmd-10"));
        var fine = entry(chunks(2), accepted("cmd-9", 2, 3));
        var marked = entry(chunks(1), new ProviderMark(TURN, 3));

        assertThat(store.append(appendOf(1, fine, tooLarge, marked)))
                .isInstanceOfSatisfying(
                        Unencodable.class,
                        refused -> {
                            assertThat(refused.entry()).isEqualTo(1);
                            assertThat(refused.why()).isNotBlank();
                        });
        assertThat(store.head()).isEqualTo(1);
        assertThat(store.receipt(new CommandId("cmd-9"))).isNull();
        assertThat(store.receipt(new CommandId("cmd-10"))).isNull();
        assertThat(store.providerMark(TURN)).isZero();

        assertThat(store.append(appendOf(1, fine, marked))).isEqualTo(new Appended(4));
        assertThat(store.receipt(new CommandId("cmd-9"))).isNotNull();
    }

    @Test
    void closing_twice_does_nothing_more_and_keeps_the_log() {
        append(chunks(2));

        store.close();
        store.close();
        store = fixture.open();

        assertThat(events()).isEqualTo(chunks(2));
    }

    @Test
    void a_closed_store_refuses_everything_and_stores_nothing() {
        append(chunks(1));
        EventStore closed = store;
        reopen();

        assertThatThrownBy(() -> closed.append(appendOfEvents(1, chunks(1))))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(closed::head).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.read(0, 1)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.receipt(new CommandId("cmd-11")))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.receiptAt(1)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.providerMark(TURN)).isInstanceOf(StoreException.class);
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void a_fact_whose_loss_was_accepted_is_read_as_lost_ever_after() {
        append(chunks(3));
        append(List.of(new LogLossAccepted(List.of(2L), "ada", Samples.AT)));

        assertLost(2);
        append(chunks(1));
        reopen();
        assertLost(2);
        assertThat(store.head()).isEqualTo(5);
    }

    private void assertLost(long lost) {
        for (StoredEvent stored : store.read(0, 3)) {
            if (stored.sequence() == lost) {
                assertThat(stored.event()).isInstanceOf(UnreadableEvent.class);
            } else {
                assertThat(stored.event()).isEqualTo(chunk("piece " + (stored.sequence() - 1)));
            }
        }
        assertThat(store.read(lost - 1, 1)).extracting(StoredEvent::sequence).containsExactly(lost);
    }

    @Test
    void who_waits_for_news_is_told_when_there_are_some_and_not_before() throws Exception {
        assertThat(store.awaitBeyond(0, Duration.ofMillis(20))).isFalse();
        append(chunks(1));
        assertThat(store.head()).isEqualTo(1);
        assertThat(store.awaitBeyond(0, PATIENCE)).isTrue();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> told = threads.submit(() -> store.awaitBeyond(1, PATIENCE));
            append(chunks(1));

            assertThat(told.get()).isTrue();
        }
        assertThat(store.awaitBeyond(2, Duration.ZERO)).isFalse();
    }

    @Test
    void a_model_that_was_kept_is_given_back_as_it_was_or_not_at_all() {
        assertThat(store.snapshots().newest()).isEqualTo(OrchestrationReadModel.EMPTY);
        append(talk(20));
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : store.read(0, 100)) {
            model = Projector.project(model, stored);
        }
        assertThat(model.sequence()).isEqualTo(26);

        store.snapshots().keep(model);

        assertThat(store.snapshots().newest()).isIn(OrchestrationReadModel.EMPTY, model);
        append(chunks(1));
        reopen();
        assertThat(store.snapshots().newest()).isIn(OrchestrationReadModel.EMPTY, model);
    }

    @Test
    void an_append_of_ten_thousand_events_is_stored_whole() {
        var many = chunks(10_000);

        assertThat(store.append(appendOfEvents(0, many))).isEqualTo(new Appended(10_000));

        assertThat(events().equals(many)).isTrue();
    }

    @Test
    void a_store_replaces_stretches_or_refuses_with_a_sentence() {
        append(talk(20));
        List<StoredEvent> before = store.read(0, 100);
        assertThat(before).hasSize(26);
        LogRewriting rewriting = store.rewriting();

        if (rewriting.refusal().isEmpty()) {
            assertThat(rewriting.from(1)).isEqualTo(new Stretch(1, 26, false));
            assertThat(rewriting.room().taken()).isPositive();
        } else {
            assertThatThrownBy(() -> rewriting.prepare(merged(1, 26)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(rewriting.refusal());
        }
        assertThat(store.read(0, 100)).isEqualTo(before);
    }

    @Test
    void a_stretch_that_was_replaced_keeps_every_place_and_says_what_was_merged() {
        append(talk(20));
        List<StoredEvent> before = store.read(0, 100);

        replace(1, 26);

        if (replacesStretches()) {
            assertMerged(before);
            assertThat(store.rewriting().from(1)).isEqualTo(new Stretch(1, 26, true));
            reopen();
            assertMerged(before);
            append(chunks(2));
            assertThat(store.head()).isEqualTo(29);
        } else {
            assertThat(store.read(0, 100)).isEqualTo(before);
            assertThat(before).hasSize(26);
        }
    }

    /** The answer stands at 5, and its pieces up to 24. */
    private void assertMerged(List<StoredEvent> before) {
        assertThat(before).hasSize(26);
        List<StoredEvent> after = store.read(0, 26);
        for (int i = 0; i < 26; i++) {
            assertThat(after.get(i).sequence()).isEqualTo(i + 1L);
            if (i < 4 || i > 23) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
            if (i > 4 && i < 24) {
                assertThat(after.get(i).event()).isEqualTo(new AbsorbedEvent(5));
            }
        }
        assertThat(after.get(4).event())
                .isInstanceOfSatisfying(
                        MessageAppended.class,
                        whole ->
                                assertThat(whole.content())
                                        .isEqualTo(
                                                new MessageContent.Text(
                                                        String.join("", SampleTalk.pieces(20)))));
        for (int size : new int[] {1, 3, 20}) {
            assertThat(store.read(6, size)).isEqualTo(after.subList(6, Math.min(26, 6 + size)));
        }
    }

    @Test
    void what_is_prepared_is_read_by_nobody_and_replaces_nothing_without_its_fact() {
        append(talk(20));
        List<StoredEvent> before = store.read(0, 100);
        assertThat(before).hasSize(26);

        if (replacesStretches()) {
            Replacement prepared = store.rewriting().prepare(merged(1, 26));
            assertThat(store.read(0, 100)).isEqualTo(before);
            assertThatThrownBy(() -> store.rewriting().replace(prepared))
                    .isInstanceOf(StoreException.class);
            store.rewriting().discard(prepared);
            append(List.of(tellsOf(prepared)));
            assertThatThrownBy(() -> store.rewriting().replace(prepared))
                    .isInstanceOf(StoreException.class);
        }
        assertThat(store.read(0, 26)).isEqualTo(before);
    }

    @Test
    void what_was_prepared_before_a_crash_is_put_in_place_when_the_log_tells_of_it() {
        append(talk(20));
        List<StoredEvent> before = store.read(0, 100);
        assertThat(before).hasSize(26);

        if (replacesStretches()) {
            Replacement prepared = store.rewriting().prepare(merged(1, 26));
            append(List.of(tellsOf(prepared)));
            assertThat(store.read(0, 26)).isEqualTo(before);
            reopen();
            assertMerged(before);
        }
    }

    @Test
    void what_was_prepared_before_a_crash_is_thrown_away_when_the_log_does_not_tell_of_it() {
        append(talk(20));
        List<StoredEvent> before = store.read(0, 100);
        assertThat(before).hasSize(26);

        if (replacesStretches()) {
            Replacement prepared = store.rewriting().prepare(merged(1, 26));
            reopen();
            append(List.of(tellsOf(prepared)));
            assertThatThrownBy(() -> store.rewriting().replace(prepared))
                    .isInstanceOf(StoreException.class);
            reopen();
            assertThat(store.read(0, 26)).isEqualTo(before);
        }
    }

    @Test
    void a_stretch_is_replaced_again_and_what_went_into_a_fact_that_is_gone_is_gone_too() {
        append(talk(20));
        replace(1, 26);
        assertThat(store.head()).isGreaterThanOrEqualTo(26);

        if (replacesStretches()) {
            tellAndReplace(
                    store.rewriting()
                            .prepare(new StretchChange(1, 26, Map.of(5L, new AbsorbedEvent(0)))));
            for (StoredEvent stored : store.read(4, 20)) {
                assertThat(stored.event()).isEqualTo(new AbsorbedEvent(0));
            }
        }
    }

    @Test
    void readers_beside_a_replacement_read_every_place_once() throws Exception {
        append(talk(2_000));
        assertThat(store.head()).isEqualTo(2_006);
        var replaced = new AtomicBoolean();
        var reading = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> reader =
                    threads.submit(() -> {
                        int rounds = 0;
                        boolean last = false;
                        while (!last) {
                            last = replaced.get();
                            readAll(reading);
                            rounds++;
                        }
                        return rounds;
                    });
            reading.await();
            try {
                for (long first = 1; first < 2_000; first += 100) {
                    replace(first, first + 99);
                }
            } finally {
                replaced.set(true);
            }
            assertThat(reader.get()).isPositive();
        }
    }

    private void readAll(CountDownLatch reading) {
        for (long position = 0; position < 2_006; ) {
            List<StoredEvent> page = store.read(position, 150);
            reading.countDown();
            assertThat(page).isNotEmpty();
            for (StoredEvent stored : page) {
                assertThat(stored.sequence()).isEqualTo(++position);
            }
        }
    }

    @Test
    void answers_of_receipts_are_replaced_and_the_command_ids_stay_answered() {
        store.append(
                appendOf(
                        0,
                        entry(chunks(1), accepted("cmd-1", 1, 1)),
                        entry(List.of(), rejected("cmd-2"))));
        assertThat(store.receipt(new CommandId("cmd-2"))).isNotNull();
        var other = new Receipt.Outcome.Rejected(new DeciderError.NothingLost(7));
        UnaryOperator<Receipt.Outcome> mask =
                outcome -> outcome instanceof Receipt.Outcome.Rejected ? other : outcome;

        if (replacesStretches()) {
            assertThat(store.rewriting().mask(mask, true)).isEqualTo(1);
            assertThat(store.receipt(new CommandId("cmd-2"))).isEqualTo(rejected("cmd-2"));
            assertThat(store.rewriting().mask(mask, false)).isEqualTo(1);
            assertThat(store.rewriting().mask(mask, false)).isZero();
            store.rewriting().scrub();
            assertThat(store.receipt(new CommandId("cmd-1"))).isEqualTo(accepted("cmd-1", 1, 1));
            assertThat(store.receipt(new CommandId("cmd-2"))).isEqualTo(receipt("cmd-2", other));
        }
    }

    private boolean replacesStretches() {
        return store.rewriting().refusal().isEmpty();
    }

    private static List<OrchestrationEvent> talk(int pieces) {
        var facts = new ArrayList<>(SampleTalk.beginning());
        facts.addAll(SampleTalk.turn(1, SampleTalk.pieces(pieces)));
        return facts;
    }

    private StretchChange merged(long first, long last) {
        return new StretchChange(
                first, last, Merging.of(store.read(first - 1, (int) (last - first + 1)), Set.of()));
    }

    private void replace(long first, long last) {
        if (replacesStretches()) {
            tellAndReplace(store.rewriting().prepare(merged(first, last)));
        }
    }

    private void tellAndReplace(Replacement prepared) {
        append(List.of(tellsOf(prepared)));
        store.rewriting().replace(prepared);
    }

    private static LogCompacted tellsOf(Replacement prepared) {
        return new LogCompacted(prepared.first(), prepared.last(), prepared.digest(), Samples.AT);
    }

    private void append(List<? extends OrchestrationEvent> events) {
        assertThat(store.append(appendOfEvents(store.head(), events))).isInstanceOf(Appended.class);
    }

    private void append(Instant storedAt) {
        store.append(new Append(store.head(), storedAt, List.of(entry(chunks(1)))));
    }

    private void mark(TurnId turn, long sequence) {
        store.append(appendOf(store.head(), entry(chunks(1), new ProviderMark(turn, sequence))));
    }

    private List<OrchestrationEvent> events() {
        return store.read(0, Integer.MAX_VALUE).stream().map(StoredEvent::event).toList();
    }

    private void reopen() {
        store.close();
        store = fixture.open();
    }
}
