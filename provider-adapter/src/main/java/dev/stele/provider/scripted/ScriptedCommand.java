package dev.stele.provider.scripted;

import dev.stele.provider.process.JavaCommand;
import java.nio.file.Path;
import java.util.List;

/** How the scripted agent is started. */
public final class ScriptedCommand {

    private ScriptedCommand() {}

    /** The command for its own script. */
    public static List<String> words() {
        return JavaCommand.words(ScriptedAgent.class);
    }

    /**
     * The command for another script.
     *
     * @param script the script's file
     */
    public static List<String> words(Path script) {
        return JavaCommand.words(ScriptedAgent.class, script.toString());
    }
}
