package dev.stele.app.engine;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.PlainCodec;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.MemoryEventStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** An engine on a faulty store in memory, and short words for what tests do with it. */
final class Rig implements AutoCloseable {
    final MemoryEventStore memory;
    final FaultyStore store;
    final Engine engine;

    Rig() {
        this(EngineSettings.USUAL);
    }

    Rig(EngineSettings settings, Reactor... reactors) {
        this(new MemoryEventStore(10_000), settings, reactors);
    }

    Rig(MemoryEventStore memory, EngineSettings settings, Reactor... reactors) {
        this.memory = memory;
        this.store = new FaultyStore(memory);
        this.engine =
                Engine.open(
                        new Engine.Parts(
                                store,
                                new PlainCodec(),
                                () -> List.of(reactors),
                                InstantSource.system(),
                                List.of()),
                        settings,
                        ReplayListener.SILENT);
    }

    /** Another engine on the same log. */
    Rig reopened() {
        engine.close();
        return new Rig(memory.reopened(), EngineSettings.USUAL);
    }

    DispatchResult dispatch(CommandEnvelope envelope) {
        return answer(engine.dispatch(envelope));
    }

    DispatchResult submit(OrchestrationCommand command) {
        return answer(post(command));
    }

    CompletableFuture<DispatchResult> post(OrchestrationCommand command) {
        try {
            return engine.submit(command);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static DispatchResult answer(CompletableFuture<DispatchResult> future) {
        try {
            return future.get(60, SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What the log alone amounts to. */
    OrchestrationReadModel replayed() {
        return replayed(memory);
    }

    static OrchestrationReadModel replayed(EventStore store) {
        return new Replay(store, 7).catchUp(OrchestrationReadModel.EMPTY, ReplayListener.SILENT);
    }

    @Override
    public void close() {
        engine.close();
    }
}
