package dev.stele.app.cli;

import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.domain.port.AgentDirectory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a shell offers where one of a few words is to be typed, written as people write it. */
abstract class Choices implements Iterable<String> {

    private final List<String> words;

    private Choices(List<String> words) {
        this.words = words;
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    private static List<String> of(Enum<?>[] constants) {
        return Stream.of(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Who answers an agent's questions. */
    static final class Approvals extends Choices {
        Approvals() {
            super(of(ApprovalPolicy.Standard.values()));
        }
    }

    /** The shells that are known. */
    static final class Shells extends Choices {
        Shells() {
            super(of(CompletionCommand.Shell.values()));
        }
    }

    /** The agents that are known or configured. */
    static final class Agents extends Choices {
        Agents() {
            super(known());
        }

        private static List<String> known() {
            var names = new ArrayList<String>();
            new SteleCommand()
                    .builder()
                    .agentDirectory()
                    .known()
                    .forEach((AgentDirectory.Listing agent) -> names.add(agent.name()));
            if (!names.contains(RunCommand.SCRIPTED)) {
                names.add(RunCommand.SCRIPTED);
            }
            return names;
        }
    }
}
