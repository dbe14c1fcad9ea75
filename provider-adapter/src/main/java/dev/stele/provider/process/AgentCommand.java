package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.util.List;

/**
 * What is run as an agent.
 *
 * @param shown what it is called in messages, with quotes
 * @param words the program and its arguments, never empty
 */
public record AgentCommand(String shown, List<String> words) {

    /** Makes the list immutable. */
    public AgentCommand {
        words = List.copyOf(words);
    }

    /**
     * The command of a command line.
     *
     * @param line the program and its arguments, see {@link CommandLine}
     * @throws ProviderFailure when it cannot be split
     */
    public static AgentCommand of(String line) throws ProviderFailure {
        return new AgentCommand(Characters.quoted(line), CommandLine.split(line));
    }
}
