package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.session.AgentSession;
import dev.stele.provider.session.Opening;
import dev.stele.provider.session.SessionEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells which agents there are by asking them: each in a session in an empty directory. */
public final class AgentProbe implements AgentDirectory {
    private final AgentCatalogue catalogue;
    private final Agency agency;

    /**
     * A probe.
     *
     * @param catalogue knows the agents
     * @param agency starts them
     */
    public AgentProbe(AgentCatalogue catalogue, Agency agency) {
        this.catalogue = catalogue;
        this.agency = agency;
    }

    @Override
    public List<Listing> known() {
        return catalogue.known();
    }

    @Override
    public Answer ask(String name) throws InterruptedException {
        try {
            Path directory = Files.createTempDirectory("stele-agent").toRealPath();
            try {
                return ask(name, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            return new Answer.Unusable(
                    "The agent cannot be asked: no temporary directory can be made (%s)."
                            .formatted(e.getMessage()));
        }
    }

    private Answer ask(String name, Path directory) throws InterruptedException {
        var greeting = new Greeting();
        AgentSession session = null;
        try {
            ChosenAgent chosen = agency.choose(name, directory);
            session = agency.start(chosen, directory, greeting);
            session.open(new Opening(directory, null, chosen.login()), agency.limits().start());
            return new Answer.Ready(greeting.version);
        } catch (ProviderFailure failure) {
            String message = failure.error().message();
            return failure.error().kind() == ProviderError.Kind.AUTH
                    ? new Answer.LoginMissing(message)
                    : new Answer.Unusable(message);
        } finally {
            if (session != null) {
                session.end();
            }
        }
    }

    /** What an agent wrote there stays; it is a temporary directory. */
    private static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException _) {
            // The system removes it some day.
        }
    }

    /** Hears what an agent tells of itself. */
    private static final class Greeting implements SessionEvents {
        private volatile @Nullable String version;

        @Override
        public ActionId newActionId() {
            throw new IllegalStateException("a question comes in a turn only");
        }

        @Override
        public void add(List<ProviderEvent> events) {
            for (ProviderEvent event : events) {
                if (event instanceof ProviderEvent.SessionUpdate(_, _, _, var kind, var raw)
                        && "initialize".equals(kind)
                        && raw != null) {
                    version = version(raw);
                }
            }
        }

        /** ACP names it; codex puts it into its user agent. */
        private static @Nullable String version(String raw) {
            try {
                JsonNode initialized = Json.parse(raw);
                String named = Json.text(initialized, "agentInfo", "version");
                String agent = Json.text(initialized, "userAgent");
                if (named != null || agent == null) {
                    return named;
                }
                int from = agent.indexOf('/') + 1;
                int to = agent.indexOf(' ', from);
                return agent.substring(from, to < 0 ? agent.length() : to);
            } catch (Json.NotJson _) {
                return null;
            }
        }

        @Override
        public void awaitRoom() {}
    }
}
