package dev.stele.app.live;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Agents as command lines that say all, which Stele knows nothing about. */
final class CommandLines {

    private CommandLines() {}

    /**
     * The command line of an agent whose program is on the PATH.
     *
     * @param agent its name
     */
    static String of(String agent) {
        return switch (agent) {
            case "opencode" -> program("opencode") + " acp";
            case "codex" -> program("codex") + " app-server";
            case "codex-acp" -> program("codex-acp");
            case "claude" -> program("claude-agent-acp");
            default -> program(agent) + " --acp";
        };
    }

    private static String program(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder).resolve(name);
            if (Files.isExecutable(file)) {
                return '"' + file.toString() + '"';
            }
        }
        throw new AssertionError(name + " is not on the PATH");
    }
}
