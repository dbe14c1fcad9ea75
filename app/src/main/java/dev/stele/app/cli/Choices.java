package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.domain.port.AgentDirectory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a shell offers where one of a few words is to be typed, written as people write it. Each
 * command makes one, and only a completion script asks it for its words.
 */
abstract class Choices implements Iterable<String> {

    private final Supplier<List<String>> words;

    private Choices(Supplier<List<String>> words) {
        this.words = words;
    }

    @Override
    public Iterator<String> iterator() {
        return words.get().iterator();
    }

    private static List<String> of(Enum<?>[] constants) {
        return Stream.of(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Who answers an agent's questions. */
    static final class Approvals extends Choices {
        Approvals() {
            super(() -> of(ApprovalPolicy.Standard.values()));
        }
    }

    /** The shells that are known. */
    static final class Shells extends Choices {
        Shells() {
            super(() -> of(CompletionCommand.Shell.values()));
        }
    }

    /** The agents that are known or configured. */
    static final class Agents extends Choices {
        Agents() {
            super(Agents::known);
        }

        private static List<String> known() {
            var names = new ArrayList<String>();
            Stele.Builder builder = new SteleCommand().builder().attach(false);
            for (AgentDirectory.Listing agent : builder.agentDirectory().known()) {
                names.add(agent.name());
            }
            if (!names.contains(RunCommand.SCRIPTED)) {
                names.add(RunCommand.SCRIPTED);
            }
            return names;
        }
    }
}
