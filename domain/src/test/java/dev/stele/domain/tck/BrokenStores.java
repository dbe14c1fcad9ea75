package dev.stele.domain.tck;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stores that each get one thing wrong, and two that do nothing at all. */
final class BrokenStores {

    private BrokenStores() {}

    /** Does nothing, and says so or boasts of it. */
    static EventStore doingNothing(boolean boasting) {
        return new EventStore() {
            @Override
            public long head() {
                return 0;
            }

            @Override
            public AppendResult append(Append append) {
                return new AppendResult.Appended(
                        boasting ? append.expectedHead() + append.eventCount() : 0);
            }

            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                return List.of();
            }

            @Override
            public @Nullable Receipt receipt(CommandId commandId) {
                return null;
            }

            @Override
            public @Nullable Receipt receiptAt(long sequence) {
                return null;
            }

            @Override
            public long providerMark(TurnId turnId) {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    static EventStore dropsOne(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(
                        withEvents(append, e -> e.size() < 5 ? e : e.subList(0, e.size() - 1)));
            }
        };
    }

    static EventStore swapsTwo(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEvents(append, this::swapped));
            }

            private List<OrchestrationEvent> swapped(List<OrchestrationEvent> events) {
                if (events.size() > 5) {
                    Collections.swap(events, 4, 5);
                }
                return events;
            }
        };
    }

    static EventStore repeatsOne(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEvents(append, this::repeated));
            }

            private List<OrchestrationEvent> repeated(List<OrchestrationEvent> events) {
                if (events.size() == 7) {
                    events.add(events.getLast());
                }
                return events;
            }
        };
    }

    static EventStore overlooksTheLastCommandId(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public @Nullable CommandId lastCommandId() {
                return new CommandId("0");
            }
        };
    }

    static EventStore readsOneTwice(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                return super.read(Math.max(0, afterSequence - 1), limit);
            }
        };
    }

    static EventStore ignoresTheLimit(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                return super.read(afterSequence, limit < 10 ? limit + 1 : limit);
            }
        };
    }

    static EventStore losesReceiptsOfRefusals(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEntries(append, this::withoutRefusal));
            }

            private Append.Entry withoutRefusal(Append.Entry e) {
                return e.events().isEmpty() ? new Append.Entry(e.events(), null, e.mark()) : e;
            }
        };
    }

    static EventStore takesSecondAnswers(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEntries(append, this::withoutKnown));
            }

            private Append.Entry withoutKnown(Append.Entry e) {
                Receipt receipt = e.receipt();
                return receipt != null && sound.receipt(receipt.commandId()) != null
                        ? new Append.Entry(e.events(), null, e.mark())
                        : e;
            }
        };
    }

    static EventStore mixesUpCase(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public @Nullable Receipt receipt(CommandId id) {
                return super.receipt(new CommandId(id.value().toLowerCase(Locale.ROOT)));
            }
        };
    }

    static EventStore lowersMarks(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            private long newest;

            @Override
            public AppendResult append(Append append) {
                for (Append.Entry entry : append.entries()) {
                    ProviderMark mark = entry.mark();
                    newest = mark == null ? newest : mark.sequence();
                }
                return super.append(append);
            }

            @Override
            public long providerMark(TurnId turnId) {
                return Math.min(newest, super.providerMark(turnId));
            }
        };
    }

    static EventStore ignoresTheHead(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(new Append(head(), append.storedAt(), append.entries()));
            }
        };
    }

    static EventStore storesWhatCameBeforeTheTooLarge(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                AppendResult result = super.append(append);
                if (result instanceof AppendResult.Unencodable(int entry, _)) {
                    super.append(
                            new Append(
                                    append.expectedHead(),
                                    append.storedAt(),
                                    append.entries().subList(0, entry)));
                }
                return result;
            }
        };
    }

    static EventStore forgetsOnClosing(MemoryEventStore sound) {
        return new BrokenStore(new MemoryEventStore(EventStoreFixture.SMALLEST_LIMIT));
    }

    static EventStore worksAfterClosing(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            private long lastHead;

            @Override
            public long head() {
                return lastHead;
            }

            @Override
            public AppendResult append(Append append) {
                AppendResult result = super.append(append);
                lastHead = super.head();
                return result;
            }
        };
    }

    static EventStore losesNul(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEvents(append, this::cut));
            }

            private List<OrchestrationEvent> cut(List<OrchestrationEvent> events) {
                events.replaceAll(e ->
                        e.equals(Appends.chunk(Samples.ODD_TEXT))
                                ? Appends.chunk(Samples.ODD_TEXT.replace("\0", ""))
                                : e);
                return events;
            }
        };
    }

    /** Two transactions in place of one: the events, and then the answers to them. */
    static EventStore answersLater(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            private final AtomicLong questions = new AtomicLong();

            @Override
            public @Nullable Receipt receipt(CommandId id) {
                Receipt receipt = super.receipt(id);
                questions.incrementAndGet();
                return receipt;
            }

            @Override
            public AppendResult append(Append append) {
                AppendResult result = super.append(withEntries(append, this::unanswered));
                if (result instanceof AppendResult.Appended(long head)) {
                    waitForQuestions();
                    super.append(
                            new Append(
                                    head,
                                    append.storedAt(),
                                    withEvents(append, _ -> List.of()).entries()));
                }
                return result;
            }

            private Append.Entry unanswered(Append.Entry e) {
                return new Append.Entry(e.events(), null, null);
            }

            private void waitForQuestions() {
                long before = questions.get();
                long deadline = System.nanoTime() + 5_000_000;
                while (questions.get() < before + 4 && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
            }
        };
    }

    /** Shows each event by itself; waits for a moment so that readers have a chance to see it. */
    static EventStore showsHalves(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            private final AtomicLong reads = new AtomicLong();

            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                List<StoredEvent> page = super.read(afterSequence, limit);
                reads.incrementAndGet();
                return page;
            }

            @Override
            public AppendResult append(Append append) {
                if (append.eventCount() != 3) {
                    return super.append(append);
                }
                AppendResult result = new AppendResult.Appended(head());
                for (Append.Entry entry : append.entries()) {
                    for (OrchestrationEvent event : new ArrayList<>(entry.events())) {
                        result = super.append(Appends.appendOfEvents(head(), List.of(event)));
                        waitForReaders();
                    }
                }
                return result;
            }

            private void waitForReaders() {
                long before = reads.get();
                long deadline = System.nanoTime() + 5_000_000;
                while (reads.get() < before + 6 && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
            }
        };
    }

    static EventStore neverStandsAtZero(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public long head() {
                return Math.max(1, super.head());
            }
        };
    }

    static EventStore answersWithTheOldHead(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(append) instanceof AppendResult.Appended
                        ? new AppendResult.Appended(append.expectedHead())
                        : new AppendResult.WrongHead(head());
            }
        };
    }

    static EventStore losesTheReceipt(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(
                        withEntries(append, e -> new Append.Entry(e.events(), null, e.mark())));
            }
        };
    }

    static EventStore losesTheMark(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(
                        withEntries(append, e -> new Append.Entry(e.events(), e.receipt(), null)));
            }
        };
    }

    static EventStore knowsNoCause(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public @Nullable Receipt receiptAt(long sequence) {
                return null;
            }
        };
    }

    static EventStore blamesTheCommandBefore(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public @Nullable Receipt receiptAt(long sequence) {
                Receipt told = super.receiptAt(sequence);
                return told == null && sequence > 1 ? super.receiptAt(sequence - 1) : told;
            }
        };
    }

    static EventStore ignoresWhatHasNoEvents(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return append.eventCount() == 0
                        ? new AppendResult.Appended(head())
                        : super.append(append);
            }
        };
    }

    static EventStore losesOneAnswer(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public @Nullable Receipt receipt(CommandId id) {
                return id.value().equals("cmd-7") ? null : super.receipt(id);
            }
        };
    }

    static EventStore findsOnlyOneOfMany(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public Map<CommandId, Receipt> receipts(Collection<CommandId> commandIds) {
                return super.receipts(commandIds.stream().limit(1).toList());
            }
        };
    }

    static EventStore storesAnotherTime(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(
                        new Append(
                                append.expectedHead(),
                                append.storedAt().plusMillis(1),
                                append.entries()));
            }
        };
    }

    static EventStore cutsLongTexts(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                return super.append(withEvents(append, this::cut));
            }

            private List<OrchestrationEvent> cut(List<OrchestrationEvent> events) {
                events.replaceAll(e ->
                        e instanceof MessageChunkReceived(var turn, var ordinal, var text)
                                        && text.length() > 65_535
                                ? new MessageChunkReceived(turn, ordinal, text.substring(0, 65_535))
                                : e);
                return events;
            }
        };
    }

    static EventStore closesOnce(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new StoreException("It is closed already.", null);
                }
                closed = true;
                super.close();
            }
        };
    }

    static EventStore takesAThousand(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public AppendResult append(Append append) {
                AppendResult result =
                        super.append(
                                withEvents(append, e -> e.subList(0, Math.min(1_000, e.size()))));
                return result instanceof AppendResult.Appended
                        ? new AppendResult.Appended(append.expectedHead() + append.eventCount())
                        : result;
            }
        };
    }

    static EventStore givesOutWhatIsLost(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                return super.read(afterSequence, limit).stream().map(this::found).toList();
            }

            private StoredEvent found(StoredEvent stored) {
                return stored.event() instanceof StandIn.UnreadableEvent
                        ? new StoredEvent(
                                stored.sequence(), Appends.chunk("piece 1"), stored.storedAt())
                        : stored;
            }
        };
    }

    static EventStore neverTellsNews(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public boolean awaitBeyond(long sequence, Duration timeout) {
                return false;
            }
        };
    }

    static EventStore tellsNewsThatAreNone(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public boolean awaitBeyond(long sequence, Duration timeout) {
                return true;
            }
        };
    }

    static EventStore keepsAnotherModel(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public ModelSnapshots snapshots() {
                return new ModelSnapshots() {
                    @Override
                    public OrchestrationReadModel newest() {
                        return sound.snapshots().newest();
                    }

                    @Override
                    public void keep(OrchestrationReadModel model) {
                        sound.snapshots().keep(model.atSequence(model.sequence() + 1));
                    }
                };
            }
        };
    }
}
