package dev.stele.provider.reactor;

import dev.stele.contracts.Characters;
import dev.stele.provider.process.AgentCommand;
import dev.stele.provider.process.CommandLine;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.scripted.ScriptedCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is run for a thread's agent: the scripted one, one by its configured name, or any command
 * line.
 */
public final class AgentCatalogue {
    private static final String SCRIPTED = "scripted";
    private static final String SCRIPT_PREFIX = SCRIPTED + ":";

    private final Map<String, String> commandLines;

    /**
     * A catalogue.
     *
     * @param commandLines the command lines by name
     */
    public AgentCatalogue(Map<String, String> commandLines) {
        this.commandLines = Map.copyOf(commandLines);
    }

    /**
     * What is run.
     *
     * @param agent the thread's agent
     * @param directory the project's directory; a script's relative path starts there
     * @throws ProviderFailure when it names nothing that can be run
     */
    AgentCommand commandOf(String agent, Path directory) throws ProviderFailure {
        String configured = commandLines.get(agent);
        if (configured != null) {
            String shown = "%s (%s)".formatted(Characters.quoted(agent), configured);
            return new AgentCommand(shown, CommandLine.split(configured));
        }
        if (agent.equals(SCRIPTED)) {
            return new AgentCommand(Characters.quoted(agent), ScriptedCommand.words());
        }
        if (agent.startsWith(SCRIPT_PREFIX)) {
            Path script = script(agent.substring(SCRIPT_PREFIX.length()), directory);
            return new AgentCommand(Characters.quoted(agent), ScriptedCommand.words(script));
        }
        return AgentCommand.of(agent);
    }

    private static Path script(String file, Path directory) throws ProviderFailure {
        try {
            return directory.resolve(file);
        } catch (InvalidPathException _) {
            throw ProviderFailure.start(
                    "The script %s has no name that a file can have; correct the thread's agent."
                            .formatted(Characters.quoted(file)));
        }
    }
}
