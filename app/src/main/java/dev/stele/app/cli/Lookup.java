package dev.stele.app.cli;

import dev.stele.contracts.Characters;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds what people name. */
final class Lookup {

    private Lookup() {}

    /** The thread of an id; of none the newest one. */
    static ChatThread thread(OrchestrationReadModel model, @Nullable String id) {
        ChatThread thread = id == null ? newest(model) : byId(model, id);
        if (thread == null) {
            throw new NotFoundException(
                    id == null
                            ? "There are no threads yet. Start one: stele run PROMPT"
                            : "There is no thread "
                                    + Characters.quoted(id)
                                    + ". 'stele threads' lists those there are.");
        }
        return thread;
    }

    /** The turn of an id, or null. */
    static @Nullable Turn turn(OrchestrationReadModel model, @Nullable String id) {
        return id != null && Identifier.isValid(id) ? model.turn(new TurnId(id)) : null;
    }

    private static @Nullable ChatThread byId(OrchestrationReadModel model, String id) {
        return Identifier.isValid(id) ? model.thread(new ThreadId(id)) : null;
    }

    private static @Nullable ChatThread newest(OrchestrationReadModel model) {
        return model.threads()
                .values()
                .maxBy(Comparator.comparing(ChatThread::createdAt))
                .getOrNull();
    }
}
