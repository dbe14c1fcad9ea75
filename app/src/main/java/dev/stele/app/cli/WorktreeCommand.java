package dev.stele.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stele worktree}: linked working trees, in which agents work beside each other. */
@Command(
        name = "worktree",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            WorktreeListCommand.class,
            WorktreeAddCommand.class,
            WorktreeMergeCommand.class,
            WorktreeHandOverCommand.class,
            WorktreeRemoveCommand.class
        },
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lets agents work beside each other, each in a working tree and on a branch of its own.",
            "'stele run --worktree PROMPT' makes one for a new conversation."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele run --worktree=parser \"Write the parser anew.\"",
            "  stele worktree list",
            "  stele worktree merge parser"
        })
final class WorktreeCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandMissing(spec);
        }
    }
}
