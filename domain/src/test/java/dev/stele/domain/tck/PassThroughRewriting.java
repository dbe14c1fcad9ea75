package dev.stele.domain.tck;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StretchChange;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** A rewriting that leaves everything to another one; subclasses do something of it themselves. */
public class PassThroughRewriting implements LogRewriting {

    private final LogRewriting inner;

    /**
     * A rewriting in front of another one.
     *
     * @param inner the rewriting that does the work
     */
    public PassThroughRewriting(LogRewriting inner) {
        this.inner = inner;
    }

    @Override
    public String refusal() {
        return inner.refusal();
    }

    @Override
    public Stretch from(long first) {
        return inner.from(first);
    }

    @Override
    public SortedMap<Long, String> besides(long first, long last) {
        return inner.besides(first, last);
    }

    @Override
    public Replacement prepare(StretchChange change) {
        return inner.prepare(change);
    }

    @Override
    public void replace(Replacement prepared) {
        inner.replace(prepared);
    }

    @Override
    public void discard(Replacement prepared) {
        inner.discard(prepared);
    }

    @Override
    public LogRoom room() {
        return inner.room();
    }

    @Override
    public void giveBack(LogProgress progress) {
        inner.giveBack(progress);
    }

    @Override
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
        return inner.mask(mask, look);
    }

    @Override
    public void scrub() {
        inner.scrub();
    }
}
