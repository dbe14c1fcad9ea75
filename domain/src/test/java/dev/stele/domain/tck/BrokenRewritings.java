package dev.stele.domain.tck;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that each get one thing wrong when they replace stretches of their log. */
final class BrokenRewritings {

    private BrokenRewritings() {}

    private static EventStore rewriting(
            MemoryEventStore sound, UnaryOperator<LogRewriting> breaking) {
        LogRewriting broken = breaking.apply(sound.rewriting());
        return new BrokenStore(sound) {
            @Override
            public LogRewriting rewriting() {
                return broken;
            }
        };
    }

    static EventStore saysItReplacesAndDoesNot(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public void replace(Replacement prepared) {
                                discard(prepared);
                            }
                        });
    }

    static EventStore losesThePiecesItMerges(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public Replacement prepare(StretchChange change) {
                                var changed = new HashMap<>(change.changed());
                                changed.values().removeIf(event -> !(event instanceof StandIn));
                                return super.prepare(
                                        new StretchChange(change.first(), change.last(), changed));
                            }
                        });
    }

    static EventStore throwsAwayWhatTheLogTellsOf(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            private @Nullable Replacement prepared;

                            @Override
                            public Replacement prepare(StretchChange change) {
                                Replacement made = super.prepare(change);
                                super.discard(made);
                                prepared = made;
                                return made;
                            }

                            @Override
                            public void replace(Replacement asked) {
                                throw new StoreException("It is gone: " + prepared, null);
                            }
                        });
    }

    static EventStore refusesWithoutASentence(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public String refusal() {
                                return "It cannot.";
                            }
                        });
    }

    /** It does not wait for the fact that tells of it. */
    static EventStore replacesWhenItPrepares(MemoryEventStore store) {
        return rewriting(
                store,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public Replacement prepare(StretchChange change) {
                                Replacement made = super.prepare(change);
                                store.append(
                                        Appends.appendOfEvents(
                                                store.head(),
                                                List.of(
                                                        new LogCompacted(
                                                                made.first(),
                                                                made.last(),
                                                                made.digest(),
                                                                Samples.AT))));
                                super.replace(made);
                                return made;
                            }
                        });
    }

    static EventStore saysNothingWhenItReplacesNothing(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public void replace(Replacement prepared) {
                                try {
                                    super.replace(prepared);
                                } catch (StoreException _) {
                                    // as if it had
                                }
                            }
                        });
    }

    static EventStore pointsToWhatIsGone(MemoryEventStore sound) {
        return new BrokenStore(sound) {
            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                return super.read(afterSequence, limit).stream().map(this::pointing).toList();
            }

            private StoredEvent pointing(StoredEvent stored) {
                return stored.sequence() > 5 && stored.event().equals(new AbsorbedEvent(0))
                        ? new StoredEvent(
                                stored.sequence(), new AbsorbedEvent(5), stored.storedAt())
                        : stored;
            }
        };
    }

    /** For a moment a place is missing; it lasts until somebody has looked. */
    static EventStore showsAHoleWhileItReplaces(MemoryEventStore sound) {
        var replacing = new AtomicBoolean();
        var reads = new AtomicLong();
        LogRewriting broken =
                new PassThroughRewriting(sound.rewriting()) {
                    @Override
                    public void replace(Replacement prepared) {
                        replacing.set(true);
                        long before = reads.get();
                        long deadline = System.nanoTime() + 5_000_000;
                        while (reads.get() < before + 2 && System.nanoTime() < deadline) {
                            Thread.onSpinWait();
                        }
                        super.replace(prepared);
                        replacing.set(false);
                    }
                };
        return new BrokenStore(sound) {
            @Override
            public LogRewriting rewriting() {
                return broken;
            }

            @Override
            public List<StoredEvent> read(long afterSequence, int limit) {
                List<StoredEvent> page = super.read(afterSequence, limit);
                reads.incrementAndGet();
                return replacing.get() && page.size() > 1 ? page.subList(1, page.size()) : page;
            }
        };
    }

    static EventStore masksNothing(MemoryEventStore sound) {
        return rewriting(
                sound,
                rewriting ->
                        new PassThroughRewriting(rewriting) {
                            @Override
                            public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
                                return super.mask(mask, true);
                            }
                        });
    }
}
