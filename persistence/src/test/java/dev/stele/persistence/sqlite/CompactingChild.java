package dev.stele.persistence.sqlite;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.LogRewriting.Stretch;
import java.nio.file.Path;

/**
 * A process that replaces stretches of a log, one after the other, and says each step before it
 * takes it. It ends when it is killed.
 */
final class CompactingChild {

    private CompactingChild() {}

    /**
     * Appends and replaces.
     *
     * @param arguments the store's file
     */
    @SuppressWarnings("SystemOut") // its steps are what the tests wait for
    public static void main(String[] arguments) {
        try (EventStore store = Stores.open(Path.of(arguments[0]))) {
            System.out.println("open");
            long first = 1;
            while (first < store.head()) {
                Stretch stretch = store.rewriting().from(first);
                long last =
                        stretch.replaced() ? stretch.last() : Math.min(stretch.last(), first + 99);
                System.out.println("prepare");
                Replacement prepared = Compacting.prepare(store, first, last);
                System.out.println("tell");
                Compacting.tell(store, prepared);
                System.out.println("replace");
                store.rewriting().replace(prepared);
                System.out.println("done");
                first = last + 1;
            }
            store.rewriting().giveBack((_, _) -> {});
        }
    }
}
