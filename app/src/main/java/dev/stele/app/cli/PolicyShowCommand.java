package dev.stele.app.cli;

import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Project;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code stele policy show}: what agents may do, as without a word behind it. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Shows what agents may do without asking you.")
final class PolicyShowCommand extends LookingCommand {

    @ParentCommand private @Nullable PolicyCommand policy;

    @Mixin private final PolicyOwner owner = new PolicyOwner();

    @Override
    @Nullable SteleCommand parent() {
        return policy == null ? null : policy.parent();
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        print(owner, archive, console, json);
    }

    /** For machines one policy: the conversation's when one is named, else the project's. */
    static void print(PolicyOwner owner, Archive archive, Console console, boolean json) {
        ChatThread thread = owner.thread(archive.model());
        Project project = owner.project(archive.model());
        ActionPolicy ofProject = project == null ? ActionPolicy.NONE : project.policy();
        if (json) {
            console.bytes(archive.codec().encode(thread == null ? ofProject : thread.policy()));
            return;
        }
        if (thread != null) {
            print("thread " + thread.id(), thread.policy(), console);
        }
        if (project != null) {
            print("project " + SafeText.line(project.path(), 500), ofProject, console);
        } else {
            console.note("This is no project yet: agents ask you about everything.");
        }
    }

    private static void print(String owner, ActionPolicy policy, Console console) {
        console.line(console.styled(Style.BOLD, owner));
        lines(policy).forEach(line -> console.line("  " + line));
    }

    /** What a policy says, a line for each thing. */
    static List<String> lines(ActionPolicy policy) {
        var lines = new ArrayList<String>();
        if (policy.readOnly()) {
            lines.add("read-only: nothing may be changed, and no command be run");
        }
        if (policy.projectOnly()) {
            lines.add("nothing outside the project may be touched");
        }
        for (int i = 0; i < policy.rules().size(); i++) {
            lines.add((i + 1) + ". " + SafeText.line(policy.rules().get(i).text(), 500));
        }
        lines.add(lines.isEmpty() ? "agents ask about everything" : "else agents ask");
        return lines;
    }
}
