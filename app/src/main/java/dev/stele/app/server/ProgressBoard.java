package dev.stele.app.server;

import dev.stele.contracts.Characters;
import dev.stele.contracts.OperationId;
import dev.stele.domain.port.OperationProgress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what programs have said last while they work for people, so that clients of the server can
 * ask for it. Nothing of it is in the log. Thread-safe.
 */
public final class ProgressBoard implements OperationProgress {
    private static final int OPERATIONS = 32;
    private static final int LINES = 200;
    private static final int LONGEST = 1_000;

    private final Map<OperationId, Lines> operations = new LinkedHashMap<>();

    /** A board on which nothing stands yet. */
    public ProgressBoard() {}

    /**
     * Something that was said.
     *
     * @param number its place among all lines of the operation, from 1
     * @param line the line
     * @param passing whether the next line takes its place
     */
    record Line(long number, String line, boolean passing) {}

    /** What was said of one operation. */
    private static final class Lines {
        private final Deque<Line> lines = new ArrayDeque<>();
        private long number;

        void add(String line, boolean passing) {
            if (!lines.isEmpty() && lines.getLast().passing()) {
                lines.removeLast();
            } else if (lines.size() >= LINES) {
                lines.removeFirst();
            }
            lines.add(new Line(++number, line, passing));
        }
    }

    @Override
    public synchronized void told(OperationId id, String line, boolean passing) {
        String told = Characters.wellFormed(line);
        operations
                .computeIfAbsent(id, _ -> new Lines())
                .add(told.length() > LONGEST ? told.substring(0, LONGEST) : told, passing);
        if (operations.size() > OPERATIONS) {
            operations.remove(operations.keySet().iterator().next());
        }
    }

    /**
     * {@return what was said last of an operation and is still known, behind a line}
     *
     * @param after the number of the last line that is known already; 0 for all
     */
    synchronized List<Line> of(OperationId id, long after) {
        Lines known = operations.get(id);
        return known == null
                ? List.of()
                : known.lines.stream().filter(line -> line.number() > after).toList();
    }
}
