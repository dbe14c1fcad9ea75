package dev.stele.persistence.log;

import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Turns;
import dev.stele.domain.port.Codec;
import io.vavr.collection.HashMap;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model part by part, so that its text is never in memory as a whole: first all that is few, then
 * every thread, turn, checkpoint, operation and queued prompt by itself. A part is its kind (1
 * byte), the length of its JSON (4) and the JSON; the last has the kind 0 and nothing else.
 */
final class SnapshotParts {
    private static final byte END = 0;
    private static final byte REST = 1;
    private static final byte THREAD = 2;
    private static final byte TURN = 3;
    private static final byte CHECKPOINT = 4;
    private static final byte OPERATION = 5;
    private static final byte QUEUED = 6;

    private final Codec codec;

    /** Ids and lines for people that many values tell, each kept once. */
    private final Map<Object, Object> shared = new java.util.HashMap<>();

    SnapshotParts(Codec codec) {
        this.codec = codec;
    }

    void write(OrchestrationReadModel model, DataOutputStream out) throws IOException {
        write(REST, withoutParts(model), out);
        write(THREAD, model.threads().values(), out);
        write(TURN, model.turns().live().values(), out);
        write(TURN, model.turns().over().values(), out);
        write(CHECKPOINT, model.checkpoints().values(), out);
        write(OPERATION, model.operations().values(), out);
        write(QUEUED, model.queued().values(), out);
        out.writeByte(END);
    }

    private static OrchestrationReadModel withoutParts(OrchestrationReadModel model) {
        return model.withThreads(HashMap.empty())
                .withTurns(Turns.NONE)
                .withQueued(HashMap.empty())
                .withCheckpoints(HashMap.empty())
                .withOperations(HashMap.empty(), model.openOperations());
    }

    private void write(byte kind, Iterable<?> values, DataOutputStream out) throws IOException {
        for (Object value : values) {
            write(kind, value, out);
        }
    }

    private void write(byte kind, Object value, DataOutputStream out) throws IOException {
        byte[] json = codec.encode(value);
        out.writeByte(kind);
        out.writeInt(json.length);
        out.write(json);
    }

    /**
     * The model that was written.
     *
     * @throws Codec.MalformedJson when it is none
     */
    OrchestrationReadModel read(DataInputStream in) throws IOException {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (byte kind = in.readByte(); kind != END; kind = in.readByte()) {
            byte[] json = in.readNBytes(in.readInt());
            model =
                    switch (kind) {
                        case REST -> codec.decode(OrchestrationReadModel.class, json);
                        case THREAD -> model.with(shared(codec.decode(ChatThread.class, json)));
                        case TURN -> model.with(shared(codec.decode(Turn.class, json)));
                        case CHECKPOINT -> model.with(shared(codec.decode(Checkpoint.class, json)));
                        case OPERATION -> with(codec.decode(Operation.class, json), model);
                        case QUEUED -> with(codec.decode(QueuedPrompt.class, json), model);
                        default -> throw new IOException("it holds a part of the kind " + kind);
                    };
        }
        return model;
    }

    private static OrchestrationReadModel with(Operation one, OrchestrationReadModel model) {
        return model.withOperations(model.operations().put(one.id(), one), model.openOperations());
    }

    private static OrchestrationReadModel with(QueuedPrompt one, OrchestrationReadModel model) {
        return model.withQueued(model.queued().put(one.id(), one));
    }

    private ChatThread shared(ChatThread one) {
        return new ChatThread(
                of(one.id()),
                of(one.projectId()),
                one.position(),
                of(one.title()),
                of(one.agent()),
                one.createdAt(),
                one.status(),
                one.turns().map(this::of),
                orNull(one.conversation()),
                one.queue(),
                one.draining().map(this::of),
                one.checkpoints().map(this::of),
                one.operations(),
                one.session(),
                one.usage(),
                one.policy());
    }

    private Turn shared(Turn one) {
        return new Turn(
                of(one.id()),
                of(one.threadId()),
                orNull(one.parent()),
                one.ticket(),
                one.state(),
                one.startedAt(),
                one.transcript(),
                one.usage(),
                one.rolledBack());
    }

    private Checkpoint shared(Checkpoint one) {
        return new Checkpoint(
                of(one.id()),
                of(one.threadId()),
                orNull(one.turnId()),
                orNull(one.place()),
                one.ticket(),
                of(one.description()),
                one.createdAt(),
                one.state());
    }

    private <T> @Nullable T orNull(@Nullable T value) {
        return value == null ? null : of(value);
    }

    @SuppressWarnings("unchecked") // what equals it is of its type
    private <T> T of(T value) {
        Object first = shared.putIfAbsent(value, value);
        return first == null ? value : (T) first;
    }
}
