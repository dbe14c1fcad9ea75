package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetProjectPolicy;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetThreadPolicy;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose policy is meant: a project's, or one thread's of it. */
final class PolicyOwner {

    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The project whose agents are meant; else this directory's.")
    private Path project = Path.of(".");

    @Option(
            names = "--thread",
            paramLabel = "ID",
            description = "Only this conversation; its rules come before the project's.")
    private @Nullable String thread;

    /** The conversation that is meant, or null for a project. */
    @Nullable ChatThread thread(OrchestrationReadModel model) {
        return thread == null ? null : Lookup.thread(model, thread);
    }

    /** The project that is meant, or that of the conversation; null when there is none yet. */
    @Nullable Project project(OrchestrationReadModel model) {
        ChatThread chat = thread(model);
        return chat == null ? Lookup.project(model, project) : model.project(chat.projectId());
    }

    /** Sets the policy; a directory that is no project yet becomes one. */
    void set(Stele stele, ActionPolicy policy) {
        ChatThread chat = thread(stele.model());
        var person = Actor.person(System.getProperty("user.name", "somebody"));
        OrchestrationCommand command =
                chat == null
                        ? new SetProjectPolicy(projectId(stele), policy, person, Instant.now())
                        : new SetThreadPolicy(chat.id(), policy, person, Instant.now());
        stele.execute(command);
    }

    private ProjectId projectId(Stele stele) {
        Project known = Lookup.project(stele.model(), project);
        return known == null ? stele.project(project) : known.id();
    }
}
