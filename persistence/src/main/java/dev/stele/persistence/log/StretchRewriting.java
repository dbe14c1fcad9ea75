package dev.stele.persistence.log;

import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StretchChange;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces stretches of a log in tables. Steps are taken by the store's one connection that
 * appends, between appends. How room is given back is each database's own affair.
 *
 * @param <A> the connection that appends
 */
public abstract class StretchRewriting<A extends LogStore.Appender> implements LogRewriting {

    private final LogStore<A> store;

    /**
     * The rewriting of a store.
     *
     * @param store the store
     */
    protected StretchRewriting(LogStore<A> store) {
        this.store = store;
    }

    /** The store. */
    protected LogStore<A> store() {
        return store;
    }

    @Override
    public Stretch from(long first) {
        return store.ask(reader -> reader.stretch(first));
    }

    @Override
    public SortedMap<Long, String> besides(long first, long last) {
        return store.ask(reader -> reader.besides(first, last));
    }

    @Override
    public Replacement prepare(StretchChange change) {
        LogRewriter.Draft draft = store.draft(change);
        return store.write(appender -> appender.rewriter().keep(draft));
    }

    @Override
    public void replace(Replacement prepared) {
        store.<@Nullable Void>write(appender -> {
            appender.rewriter().replace(prepared);
            return null;
        });
    }

    @Override
    public void discard(Replacement prepared) {
        store.<@Nullable Void>write(appender -> {
            appender.rewriter().discard(prepared);
            return null;
        });
    }

    @Override
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
        return store.write(appender -> appender.rewriter().mask(mask, look));
    }
}
