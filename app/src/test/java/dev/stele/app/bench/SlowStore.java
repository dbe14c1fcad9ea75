package dev.stele.app.bench;

import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.PassThroughStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A store whose appends take longer, as on a slower disk. */
final class SlowStore extends PassThroughStore {
    private final Duration slower;

    /**
     * A slower store.
     *
     * @param inner the store that does the work
     * @param slower how much longer
     */
    SlowStore(EventStore inner, Duration slower) {
        super(inner);
        this.slower = slower;
    }

    @Override
    public AppendResult append(Append append) {
        AppendResult result = super.append(append);
        LockSupport.parkNanos(slower.toNanos());
        return result;
    }
}
