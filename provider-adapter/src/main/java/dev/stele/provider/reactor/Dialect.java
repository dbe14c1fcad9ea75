package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.provider.acp.AcpProtocol;
import dev.stele.provider.codex.CodexProtocol;
import dev.stele.provider.session.Protocol;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The protocols that agents speak. */
enum Dialect {
    /** The Agent Client Protocol. */
    ACP,
    /** The codex app-server's own. */
    CODEX;

    /** The word in a command line that starts codex as a server of its own protocol. */
    private static final String APP_SERVER = "app-server";

    /** What an agent speaks that is started by these words. */
    static Dialect of(List<String> words) {
        return words.contains(APP_SERVER) ? CODEX : ACP;
    }

    /**
     * The client's side of it, for a new session.
     *
     * @param newActionId gives questions their ids
     * @param served the agent's requests that the client serves, where the protocol has such
     */
    Protocol newProtocol(Supplier<ActionId> newActionId, Set<String> served) {
        return switch (this) {
            case ACP -> new AcpProtocol(newActionId, served);
            case CODEX -> new CodexProtocol(newActionId);
        };
    }
}
