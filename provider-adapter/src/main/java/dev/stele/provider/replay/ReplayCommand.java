package dev.stele.provider.replay;

import dev.stele.provider.process.JavaCommand;
import java.nio.file.Path;
import java.util.List;

/** How a recording is played as a process. */
public final class ReplayCommand {

    private ReplayCommand() {}

    /**
     * The command for a recording.
     *
     * @param recording its file
     */
    public static List<String> words(Path recording) {
        return JavaCommand.words(ReplayedAgent.class, recording.toString());
    }
}
