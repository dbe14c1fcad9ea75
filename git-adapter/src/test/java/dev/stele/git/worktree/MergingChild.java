package dev.stele.git.worktree;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that does one merge and is killed in the middle of it. Once it has begun to touch files
 * it writes {@link #SIGN} to its standard error whenever it could stop, and waits to be killed or
 * let go.
 */
final class MergingChild {

    /** No other text has it. */
    static final int SIGN = 1;

    private MergingChild() {}

    /** Begins it. */
    static Process start(WorktreeRequest request, Path state) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MergingChild.class.getName(),
                        request.id().value(),
                        request.project().toString(),
                        request.top().toString(),
                        request.branch(),
                        state.toString());
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Does the merge that {@link #start} was given. */
    public static void main(String[] arguments) throws InterruptedException {
        Path top = Path.of(arguments[2]);
        var request =
                new WorktreeRequest(
                        new OperationId(arguments[0]),
                        Path.of(arguments[1]),
                        top,
                        top,
                        arguments[3]);
        var begun = new BegunOperations(Path.of(arguments[4]));
        new WorktreeMerge(begun, Worktrees.LIMIT).merge(request, new Telling(begun, request.id()));
    }

    private static final class Telling extends StopSign {
        private final BegunOperations begun;
        private final OperationId id;

        Telling(BegunOperations begun, OperationId id) {
            this.begun = begun;
            this.id = id;
        }

        @Override
        public void check() {
            if (begun.find(id) != null) {
                tell();
            }
            super.check();
        }

        private static void tell() {
            try {
                System.err.write(SIGN);
                System.err.flush();
                if (System.in.read() < 0) {
                    throw new IllegalStateException("The parent is gone.");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
