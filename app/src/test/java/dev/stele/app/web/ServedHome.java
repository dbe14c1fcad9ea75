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
    private final Path directory;
    private final GitProject project;
    private Served served;

    /** What is there until it is stopped. */
    private record Served(Stele stele, SteleServer server) {}

    private ServedHome(Path directory, GitProject project, Served served) {
        this.directory = directory;
        this.project = project;
        this.served = served;
    }

    /** A new home and a new repository below a directory. */
    static ServedHome in(Path directory) throws IOException {
        GitProject garden = GitProject.in(directory.resolve("garden"));
        return new ServedHome(directory, garden, serve(directory, garden, 0));
    }

    /** Begins anew where it was stopped: with the same log, under the same address. */
    void start() throws IOException {
        served = serve(directory, project, entrance().getPort());
    }

    private static Served serve(Path directory, GitProject garden, int port) throws IOException {
        var progress = new ProgressBoard();
        Stele.Builder builder =
                Stele.builder()
                        .onProgress(progress)
                        .home(new SteleHome(directory.resolve("home")))
                        .approvals(ApprovalPolicy.Standard.ASK)
                        .install(Adapter.PROVIDER, new NoAgents.NoAgentsModule());
        Stele stele = builder.open();
        var parts =
                new SteleServer.Parts(stele, builder.agentDirectory(), builder.administration())
                        .telling(progress)
                        .offering(garden.directory());
        return new Served(stele, SteleServer.open(parts, ServerSettings.USUAL.withPort(port)));
    }

    Stele stele() {
        return served.stele();
    }

    GitProject project() {
        return project;
    }

    /** Where a browser is let in. */
    URI entrance() {
        return served.server().entrance();
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
        ProjectId projectId = stele().project(where.directory());
        ThreadId thread = Ids.thread();
        stele().execute(new CreateThread(thread, projectId, title, "puppet", Instant.now()));
        return new Puppet(stele(), thread);
    }

    /** Deletes the thread of a puppet, as another door would. */
    void delete(Puppet puppet) {
        stele().execute(new DeleteThread(puppet.thread(), Instant.now()));
    }

    /** Says good-bye to all who are connected; to be started again, or to be closed. */
    void stop() {
        close();
    }

    @Override
    public void close() {
        served.server().close();
        served.stele().close();
    }
}
