package dev.stele.provider.reactor;

import dev.stele.contracts.Characters;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.provider.process.AgentCommand;
import dev.stele.provider.process.CommandLine;
import dev.stele.provider.process.KnownAgent;
import dev.stele.provider.process.Programs;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.replay.Recording;
import dev.stele.provider.replay.ReplayCommand;
import dev.stele.provider.scripted.ScriptedCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is run for a thread's agent: one by its configured name, the scripted one, a recording, one
 * that Stele knows by its name, or any command line.
 */
public final class AgentCatalogue {
    private static final String SCRIPTED = "scripted";
    private static final String SCRIPT_PREFIX = SCRIPTED + ":";
    private static final String REPLAY_PREFIX = "replay:";

    private final Map<String, String> commandLines;
    private final Map<String, String> logins;

    /**
     * A catalogue.
     *
     * @param commandLines the command lines by name
     * @param logins the ids of the ways to log in, by the names or command lines of agents
     */
    public AgentCatalogue(Map<String, String> commandLines, Map<String, String> logins) {
        this.commandLines = Map.copyOf(commandLines);
        this.logins = Map.copyOf(logins);
    }

    /** The agents that are configured, and then those that Stele knows. */
    List<AgentDirectory.Listing> known() {
        var listings = new ArrayList<AgentDirectory.Listing>();
        commandLines.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(agent -> listings.add(listing(agent.getKey(), agent.getValue())));
        for (KnownAgent agent : KnownAgent.values()) {
            if (!commandLines.containsKey(agent.agentName())) {
                listings.add(
                        new AgentDirectory.Listing(
                                agent.agentName(),
                                agent.commandLine(),
                                Programs.isThere(agent.program()),
                                agent.install()));
            }
        }
        return listings;
    }

    private static AgentDirectory.Listing listing(String name, String commandLine) {
        boolean there = false;
        try {
            there = Programs.isThere(CommandLine.split(commandLine).getFirst());
        } catch (ProviderFailure _) {
            // Not a command line: asking it says so.
        }
        return new AgentDirectory.Listing(name, commandLine, there, null);
    }

    /**
     * What is run, and how it is spoken to.
     *
     * @param agent the thread's agent
     * @param directory the project's directory; a script's or recording's relative path starts
     *     there
     * @throws ProviderFailure when it names nothing that can be run
     */
    ChosenAgent choose(String agent, Path directory) throws ProviderFailure {
        if (agent.startsWith(REPLAY_PREFIX) && !commandLines.containsKey(agent)) {
            return replay(agent, file(agent.substring(REPLAY_PREFIX.length()), directory));
        }
        AgentCommand command = commandOf(agent, directory);
        return new ChosenAgent(command, Dialect.of(command.words()), logins.get(agent));
    }

    private static ChosenAgent replay(String agent, Path file) throws ProviderFailure {
        Recording recording = Recording.read(file);
        return new ChosenAgent(
                new AgentCommand(Characters.quoted(agent), ReplayCommand.words(file)),
                recording.isOfCodex() ? Dialect.CODEX : Dialect.ACP,
                null);
    }

    private AgentCommand commandOf(String agent, Path directory) throws ProviderFailure {
        String configured = commandLines.get(agent);
        if (configured != null) {
            String shown = "%s (%s)".formatted(Characters.quoted(agent), configured);
            return AgentCommand.of(shown, configured);
        }
        if (agent.equals(SCRIPTED)) {
            return new AgentCommand(Characters.quoted(agent), ScriptedCommand.words());
        }
        if (agent.startsWith(SCRIPT_PREFIX)) {
            Path script = file(agent.substring(SCRIPT_PREFIX.length()), directory);
            return new AgentCommand(Characters.quoted(agent), ScriptedCommand.words(script));
        }
        KnownAgent known = KnownAgent.named(agent);
        return known == null ? AgentCommand.of(agent) : known.command();
    }

    private static Path file(String name, Path directory) throws ProviderFailure {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException _) {
            throw ProviderFailure.start(
                    "The script %s has no name that a file can have; correct the thread's agent."
                            .formatted(Characters.quoted(name)));
        }
    }
}
