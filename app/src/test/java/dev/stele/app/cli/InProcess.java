package dev.stele.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The command line on a home of its own, run within this process, which starts no JVM. One at a
 * time: it takes the process's standard streams meanwhile.
 */
record InProcess(Path home) {

    /** Runs a command to its end. Nobody answers questions. */
    Cli.Outcome run(String... arguments) {
        PrintStream formerOut = System.out;
        PrintStream formerErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code =
                    Main.run(
                            Stream.concat(
                                            Stream.of("--home", home.toString()),
                                            Stream.of(arguments))
                                    .toArray(String[]::new));
            return new Cli.Outcome(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }
}
