package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the program of a command, so that a missing one is told apart from a failing one. */
public final class Programs {

    private Programs() {}

    /**
     * Checks that a program can be started.
     *
     * @param program a name to look up in the search path, or a path
     * @param directory where it is to run; a relative path starts there
     * @param searchPath the value of PATH
     * @throws ProviderFailure when it is not there, or may not be executed
     */
    static void check(String program, Path directory, String searchPath) throws ProviderFailure {
        if (File.separatorChar == '\\') {
            return; // Windows adds endings to names by rules of its own.
        }
        try {
            if (program.indexOf(File.separatorChar) >= 0) {
                checkFile(program, directory.resolve(program));
            } else if (!isOnPath(program, directory, searchPath)) {
                throw missing(program, "is not on the PATH");
            }
        } catch (InvalidPathException _) {
            throw missing(program, "has no name that a file can have");
        }
    }

    private static void checkFile(String program, Path file) throws ProviderFailure {
        if (!Files.isRegularFile(file)) {
            throw missing(program, "is not there");
        }
        if (!Files.isExecutable(file)) {
            throw missing(program, "may not be executed");
        }
    }

    /**
     * Whether a program is there.
     *
     * @param program a name to look up in the search path, or a path
     */
    public static boolean isThere(String program) {
        try {
            String searchPath = System.getenv().getOrDefault("PATH", "");
            check(program, Path.of("").toAbsolutePath(), searchPath);
            return true;
        } catch (ProviderFailure _) {
            return false;
        }
    }

    private static boolean isOnPath(String program, Path directory, String searchPath) {
        for (String entry : searchPath.split(File.pathSeparator, -1)) {
            Path file = directory.resolve(entry).resolve(program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return true;
            }
        }
        return false;
    }

    private static ProviderFailure missing(String program, String why) {
        KnownAgent known = KnownAgent.ofProgram(program);
        String npm = known == null ? null : known.npmPackage();
        String cure =
                npm == null
                        ? "Install it, or give its full path in the thread's agent."
                        : "Install it (npm install -g %s), or give its full path.".formatted(npm);
        return ProviderFailure.start(
                "The agent cannot be started: the program %s %s. %s"
                        .formatted(Characters.quoted(program), why, cure));
    }
}
