package dev.stele.persistence.sqlite;

import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import java.nio.file.Path;

/**
 * A process that appends one to four events at a time, and says each head once it is durable. It
 * ends when it is killed, or after so many appends.
 */
final class AppendingChild {

    private AppendingChild() {}

    /**
     * Appends.
     *
     * @param arguments the store's file, and how many appends
     */
    @SuppressWarnings("SystemOut") // its acknowledgements are what the tests read
    public static void main(String[] arguments) {
        try (EventStore store = Stores.open(Path.of(arguments[0]))) {
            System.out.println("open");
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                if (Stores.append(store, 1 + i % 4) instanceof AppendResult.Appended(long head)) {
                    System.out.println(head);
                }
            }
        }
    }
}
