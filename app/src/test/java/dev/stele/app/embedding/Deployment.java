package dev.stele.app.embedding;

import dev.stele.app.Adapter;
import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.config.SteleHome;
import java.nio.file.Path;
import java.util.Map;

/** Stele with a store and agents of one's own; git stays the usual. */
final class Deployment {
    private Deployment() {}

    static Stele open(Path directory, Map<String, JavaAgent> agents) {
        // region swap
        return Stele.builder()
                .home(new SteleHome(directory))
                .install(Adapter.STORE, new JournalModule(directory.resolve("journal.txt")))
                .install(Adapter.PROVIDER, new JavaAgentsModule(agents))
                .approvals(ApprovalPolicy.Standard.ALL)
                .open();
        // endregion swap
    }
}
