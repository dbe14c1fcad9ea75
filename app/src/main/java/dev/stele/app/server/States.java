package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The states that requests ask about: the newest, or, with {@code ?at=N}, the one when the log had
 * N facts. The last few earlier ones are kept, since whoever looks at one asks more than once.
 * Thread-safe.
 */
final class States {
    /** The parameter's name. */
    static final String AT = "at";

    private static final int KEPT = 3;

    private final Stele stele;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, OrchestrationReadModel> past = new LinkedHashMap<>(8, 0.75f, true);

    States(Stele stele) {
        this.stele = stele;
    }

    /** The state that a request asks about. */
    OrchestrationReadModel of(Call call) {
        OrchestrationReadModel now = stele.model();
        long at = call.number(AT, now.sequence(), 0, Long.MAX_VALUE);
        if (at > now.sequence()) {
            throw Problem.notFound(
                    "The log has %d facts, and so no state at %d.".formatted(now.sequence(), at));
        }
        return at == now.sequence() ? now : past(at);
    }

    /** One at a time: two folds of a long log take as long as one after the other. */
    private OrchestrationReadModel past(long at) {
        lock.lock();
        try {
            OrchestrationReadModel known = past.get(at);
            if (known == null) {
                known = stele.modelAt(at, ReplayListener.SILENT);
                past.put(at, known);
                if (past.size() > KEPT) {
                    past.remove(past.keySet().iterator().next());
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
