package dev.stele.app.cli;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.config.SteleHome;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code stele demo}: a turn from beginning to end, in a repository made for it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows a whole turn in a throw-away repository: an agent works, asks, and is kept.",
            "The agent is the scripted one, so no model and no account is needed."
        })
final class DemoCommand implements Callable<Integer> {

    @ParentCommand private @Nullable SteleCommand parent;

    @Override
    public Integer call() throws InterruptedException {
        boolean json = Objects.requireNonNull(parent).json();
        Console console = Console.ofProcess();
        Path place = place();
        Path project = place.resolve("project");
        var home = new SteleHome(place.resolve("home"));
        say(console, "1. A throw-away git repository: " + project);
        try (Stele stele =
                Stele.builder().home(home).approvals(ApprovalPolicy.Standard.ALL).open()) {
            say(console, "2. An agent gets a prompt. What it may not do alone, it asks for:");
            TurnResult result = turn(stele, project, console, json);
            say(console, "3. The whole working tree, before and after, is kept in git:");
            checkpoint(result.before(), console);
            checkpoint(result.after(), console);
            say(console, "4. And every step is in the log: " + facts(stele) + ". Look at it:");
            next(console, home, result);
            return result.isCompleted() ? ExitCode.OK.code() : ExitCode.FAILED.code();
        }
    }

    private static Path place() {
        try {
            Path place = Files.createTempDirectory("stele-demo-").toRealPath();
            DemoRepository.create(Files.createDirectory(place.resolve("project")));
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The demo needs a directory to work in, and none can be made: " + e, e);
        }
    }

    private static TurnResult turn(Stele stele, Path project, Console console, boolean json)
            throws InterruptedException {
        String prompt = "Write a note to this project.";
        long before = stele.model().sequence();
        ThreadId threadId = Ids.thread();
        stele.execute(
                new CreateThread(
                        threadId, stele.project(project), prompt, "scripted", Instant.now()));
        TurnId turnId = Ids.turn();
        List<MessageContent> blocks = List.of(new MessageContent.Text(prompt));
        stele.execute(new StartTurn(turnId, threadId, blocks, Instant.now()));
        console.note(console.styled(Style.BOLD, "> " + prompt));
        return new TurnSession(stele, console, json, false).follow(threadId, turnId, before);
    }

    private static void checkpoint(Checkpoint checkpoint, Console console) {
        console.note(
                "   "
                        + (checkpoint.state() instanceof CheckpointState.Ready(var ref, _, _)
                                ? ref + "  "
                                : "")
                        + Phrases.checkpoint(checkpoint));
    }

    private static String facts(Stele stele) {
        return Phrases.count(stele.model().sequence(), "event");
    }

    private static void next(Console console, SteleHome home, TurnResult result) {
        String stele = "./stele --home " + home.root();
        console.note("   " + stele + " show " + result.threadId());
        console.note("   " + stele + " log");
        say(console, "On your own repository, with an agent of your own:");
        console.note("   cd your/repository");
        console.note("   stele run --agent \"npx @google/gemini-cli --acp\" \"Explain this.\"");
        console.note("");
        console.note(
                "The demo's files are in " + home.root().getParent() + "; delete them freely.");
    }

    private static void say(Console console, String text) {
        console.note("");
        console.note(console.styled(Style.BOLD, text));
    }
}
