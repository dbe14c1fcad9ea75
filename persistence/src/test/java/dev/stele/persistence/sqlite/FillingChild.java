package dev.stele.persistence.sqlite;

import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.Samples;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that appends large events until its disk is full, then looks what the store says, and
 * tries some more.
 */
final class FillingChild {

    private static final String TEXT = "0123456789abcdef".repeat(4096);

    private FillingChild() {}

    /**
     * Appends.
     *
     * @param arguments the store's file
     */
    @SuppressWarnings("SystemOut") // its acknowledgements are what the tests read
    public static void main(String[] arguments) {
        try (EventStore store = Stores.open(Path.of(arguments[0]))) {
            for (int failures = 0; failures < 3; ) {
                long head = store.head();
                try {
                    append(store, head);
                    System.out.println("appended " + (head + 1));
                } catch (StoreException e) {
                    failures++;
                    System.out.println("failed " + e.getMessage());
                    System.out.println("head " + store.head() + " after " + head);
                }
            }
        }
    }

    private static void append(EventStore store, long head) {
        var event = Stores.chunk(TEXT + (head + 1));
        var entry = new Append.Entry(List.of(event), null, null);
        store.append(new Append(head, Samples.AT, List.of(entry)));
    }
}
