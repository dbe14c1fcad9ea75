package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
        if (Files.isDirectory(file)) {
            throw unusable(program, "is a folder", "Name the program in it.");
        }
        if (!Files.exists(file)) {
            throw unusable(
                    program,
                    "is not there",
                    "Check its path; a relative one starts in the project's directory.");
        }
        if (!Files.isExecutable(file)) {
            throw unusable(program, "may not be executed", "Make it executable (chmod +x).");
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

    /**
     * Why the system did not start a program that is there.
     *
     * @param failure what the JDK says
     * @param program as it was given
     * @param directory where it was to run
     */
    static String reason(IOException failure, String program, Path directory) {
        String interpreter = interpreter(directory, program);
        if (interpreter != null) {
            return "its first line says that %s runs it, which is not there"
                    .formatted(Characters.quoted(interpreter));
        }
        String message = String.valueOf(failure.getMessage());
        return message.replaceFirst("^Cannot run program .*\\): ", "").strip();
    }

    /** The program that a script names as the one that runs it, if that is not there. */
    private static @Nullable String interpreter(Path directory, String program) {
        try (BufferedReader script = Files.newBufferedReader(directory.resolve(program))) {
            String first = script.readLine();
            if (first != null && first.startsWith("#!")) {
                String named = first.substring(2).strip().split("\\s", 2)[0];
                return Files.exists(directory.resolve(named)) ? null : named;
            }
            return null;
        } catch (IOException | InvalidPathException noScript) {
            return null;
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
                        ? "Install it, or name its full path. 'stele agents' shows the agents that"
                                + " are known."
                        : "Install it (npm install -g %s), or give its full path.".formatted(npm);
        return unusable(program, why, cure);
    }

    private static ProviderFailure unusable(String program, String why, String cure) {
        return ProviderFailure.start(
                "The agent cannot be started: the program %s %s. %s"
                        .formatted(Characters.quoted(program), why, cure));
    }
}
