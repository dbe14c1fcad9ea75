package dev.stele.app.web;

import dev.stele.app.Adapter;
import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.config.SteleHome;
import dev.stele.app.server.ProgressBoard;
import dev.stele.app.server.ServerSettings;
import dev.stele.app.server.SteleServer;
import dev.stele.app.support.GitProject;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/** A home with one project behind a server. Its agents are puppets: they say what a test says. */
final class ServedHome implements AutoCloseable {
    private final Stele stele;
    private final SteleServer server;
    private final GitProject project;

    private ServedHome(Stele stele, SteleServer server, GitProject project) {
        this.stele = stele;
        this.server = server;
        this.project = project;
    }

    /** A new home and a new repository below a directory. */
    static ServedHome in(Path directory) throws IOException {
        var progress = new ProgressBoard();
        Stele.Builder builder =
                Stele.builder()
                        .onProgress(progress)
                        .home(new SteleHome(directory.resolve("home")))
                        .approvals(ApprovalPolicy.Standard.ASK)
                        .install(Adapter.PROVIDER, new NoAgents.NoAgentsModule());
        Stele stele = builder.open();
        GitProject garden = GitProject.in(directory.resolve("garden"));
        var parts =
                new SteleServer.Parts(stele, builder.agentDirectory(), builder.administration())
                        .telling(progress)
                        .offering(garden.directory());
        SteleServer server = SteleServer.open(parts, ServerSettings.USUAL.withPort(0));
        return new ServedHome(stele, server, garden);
    }

    Stele stele() {
        return stele;
    }

    GitProject project() {
        return project;
    }

    /** Where a browser is let in. */
    URI entrance() {
        return server.entrance();
    }

    /** An agent without a will of its own, in a thread of its own. */
    Puppet puppet(String title) {
        return puppet(title, project);
    }

    /** The same in another repository beside the first: its turns wait for nobody. */
    Puppet puppetIn(String name, String title) throws IOException {
        return puppet(title, GitProject.in(project.directory().resolveSibling(name)));
    }

    private Puppet puppet(String title, GitProject where) {
        ProjectId projectId = stele.project(where.directory());
        ThreadId thread = Ids.thread();
        stele.execute(new CreateThread(thread, projectId, title, "puppet", Instant.now()));
        return new Puppet(stele, thread);
    }

    /** Deletes the thread of a puppet, as another door would. */
    void delete(Puppet puppet) {
        stele.execute(new DeleteThread(puppet.thread(), Instant.now()));
    }

    @Override
    public void close() {
        server.close();
        stele.close();
    }
}
