package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.util.List;
import java.util.Map;

/**
 * What is run as an agent.
 *
 * @param shown what it is called in messages, with quotes
 * @param words the program and its arguments, never empty
 * @param environment what is put into its environment where that says nothing else
 */
public record AgentCommand(String shown, List<String> words, Map<String, String> environment) {

    /** Makes the collections immutable. */
    public AgentCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /**
     * A command that needs nothing in its environment.
     *
     * @param shown what it is called in messages
     * @param words the program and its arguments
     */
    public AgentCommand(String shown, List<String> words) {
        this(shown, words, Map.of());
    }

    /**
     * The command of a command line.
     *
     * @param line the program and its arguments, see {@link CommandLine}
     * @throws ProviderFailure when it cannot be split
     */
    public static AgentCommand of(String line) throws ProviderFailure {
        return of(Characters.quoted(line), line);
    }

    /**
     * The command of a command line that has a name. An agent that Stele knows gets the same
     * environment as by its own name.
     *
     * @param shown what it is called in messages, with quotes
     * @param line the program and its arguments, see {@link CommandLine}
     * @throws ProviderFailure when it cannot be split
     */
    public static AgentCommand of(String shown, String line) throws ProviderFailure {
        List<String> words = CommandLine.split(line);
        return new AgentCommand(shown, words, KnownAgent.environmentOf(words));
    }
}
