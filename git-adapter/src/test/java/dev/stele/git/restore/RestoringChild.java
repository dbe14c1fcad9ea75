package dev.stele.git.restore;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.testing.Restoring;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that does one restore and is killed in the middle of it. It writes {@link #SIGN} to its
 * standard error whenever it could stop.
 */
final class RestoringChild {

    /** No other text has it. */
    static final int SIGN = 1;

    private RestoringChild() {}

    /** Begins it for a request and a directory for journals. */
    static Process start(RestoreRequest request, Path journals) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestoringChild.class.getName(),
                        request.restoreId().value(),
                        request.directory().toString(),
                        request.safetyRef(),
                        request.targetRef(),
                        journals.toString());
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Does the restore that {@link #start} was given. */
    public static void main(String[] arguments) {
        var request =
                new RestoreRequest(
                        new OperationId(arguments[0]),
                        Path.of(arguments[1]),
                        arguments[2],
                        arguments[3],
                        new RestoreChoice.Everything());
        new Restoring(Path.of(arguments[4])).restores().restore(request, new Telling(System.err));
    }

    /** Tells of every place where the restore could stop. */
    private static final class Telling extends StopSign {
        private final OutputStream out;

        Telling(OutputStream out) {
            this.out = out;
        }

        @Override
        public void check() {
            try {
                out.write(SIGN);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            super.check();
        }
    }
}
