package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.Role;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.GitHead;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.MessagePage;
import dev.stele.domain.port.TreeDiff;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele show}: a conversation from its beginning. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints a conversation: what was said, done and approved.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele show             the newest conversation",
            "  stele show --at 120    as it was when the log had 120 facts",
            "  stele show TURN        one turn of it"
        })
final class ShowCommand extends LookingCommand {

    /** How many messages are read at once. */
    private static final int PAGE = 1_000;

    @ParentCommand private @Nullable SteleCommand stele;

    @Mixin private final AtOption at = new AtOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A thread, or one turn of it; else the newest thread.")
    private @Nullable String id;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        OrchestrationReadModel model = at.model(archive, console);
        Turn turn = Lookup.turn(model, id);
        if (turn != null) {
            turns(List.of(turn), model, archive, console, json);
            return;
        }
        ChatThread thread = Lookup.thread(model, id);
        if (json) {
            console.bytes(archive.codec().encode(thread));
        } else {
            head(thread, model, console);
        }
        List<Turn> turns =
                thread.turns()
                        .toJavaStream()
                        .<@Nullable Turn>map((TurnId one) -> model.turn(one))
                        .filter(Objects::nonNull)
                        .toList();
        turns(turns, model, archive, console, json);
        if (!json) {
            waiting(thread, model, console);
        }
        operations(thread, model, archive.codec(), console, json);
    }

    private static void head(ChatThread thread, OrchestrationReadModel model, Console console) {
        console.line(
                console.styled(Style.BOLD, SafeText.line(thread.title(), 100))
                        + "  ("
                        + Phrases.status(thread.status())
                        + ")");
        console.line("thread " + thread.id() + ", agent " + SafeText.line(thread.agent(), 100));
        console.line("in " + SafeText.line(String.valueOf(model.directoryOf(thread.id())), 500));
        Project project = model.project(thread.projectId());
        Worktree worktree = project == null ? null : project.worktree();
        if (worktree != null) {
            console.line(
                    Phrases.place(model, project)
                            + ", on the branch "
                            + SafeText.line(worktree.branch(), 200)
                            + (worktree.takesWork() ? "" : " (removed)"));
        }
    }

    private static void turns(
            List<Turn> turns,
            OrchestrationReadModel model,
            Archive archive,
            Console console,
            boolean json) {
        for (Turn turn : turns) {
            if (json) {
                console.bytes(archive.codec().encode(turn));
                messages(turn, model, archive, one -> console.bytes(archive.codec().encode(one)));
            } else {
                turn(turn, model, archive, console);
            }
        }
    }

    /** Goes through what was said, without ever holding all of it. */
    private static void messages(
            Turn turn, OrchestrationReadModel model, Archive archive, Consumer<Message> shown) {
        int next = 0;
        while (next < turn.transcript().size()) {
            MessagePage page = archive.feed().messages(model, turn.id(), next, PAGE);
            page.messages().forEach(shown);
            next = page.messages().isEmpty() ? page.total() : next + page.messages().size();
        }
    }

    private static void waiting(ChatThread thread, OrchestrationReadModel model, Console console) {
        if (!thread.queue().isEmpty()) {
            console.line("");
            console.line(console.styled(Style.BOLD, "waits"));
        }
        for (TurnId id : thread.queue().waiting()) {
            QueuedPrompt prompt = model.queuedPrompt(id);
            if (prompt != null) {
                console.line("> " + SafeText.line(Phrases.words(prompt.prompt()), 200));
            }
        }
    }

    private static void operations(
            ChatThread thread,
            OrchestrationReadModel model,
            Codec codec,
            Console console,
            boolean json) {
        if (!json && !thread.operations().isEmpty()) {
            console.line("");
            console.line(console.styled(Style.BOLD, "restores and commits"));
        }
        for (OperationId id : thread.operations()) {
            Operation operation = model.operation(id);
            if (operation != null && json) {
                console.bytes(codec.encode(operation));
            } else if (operation != null) {
                console.line(
                        Phrases.time(operation.requestedAt())
                                + "  "
                                + Phrases.operation(operation));
            }
        }
    }

    private static void turn(
            Turn turn, OrchestrationReadModel model, Archive archive, Console console) {
        console.line("");
        console.line(
                console.styled(Style.BOLD, "turn " + turn.id())
                        + "  "
                        + Phrases.time(turn.startedAt())
                        + (turn.rolledBack() ? "  (rolled back)" : ""));
        checkpoint(CheckpointId.before(turn.id()), model, console);
        messages(turn, model, archive, one -> message(one, console));
        checkpoint(CheckpointId.after(turn.id()), model, console);
        FilePhrases.headMove(headMove(turn, model), console).forEach(console::line);
        console.line("= " + Phrases.state(turn.state()));
        TokenUsage usage = turn.usage();
        if (usage != null) {
            console.line(console.styled(Style.DIM, "  used: " + Phrases.usage(usage)));
        }
    }

    private static TreeDiff.@Nullable HeadMove headMove(Turn turn, OrchestrationReadModel model) {
        GitHead from = head(CheckpointId.before(turn.id()), model);
        GitHead to = head(CheckpointId.after(turn.id()), model);
        return from != null && to != null && to.differsFrom(from)
                ? new TreeDiff.HeadMove(from, to)
                : null;
    }

    private static @Nullable GitHead head(CheckpointId id, OrchestrationReadModel model) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready ready
                ? ready.stats().head()
                : null;
    }

    private static void message(Message message, Console console) {
        message.content().forEach(content -> content(message.role(), content, console));
    }

    private static void content(Role role, MessageContent content, Console console) {
        switch (content) {
            case MessageContent.Text(var text) ->
                    console.line(
                            role == Role.USER
                                    ? console.styled(Style.BOLD, "> " + SafeText.of(text))
                                    : console.prose().whole(SafeText.of(text)));
            case MessageContent.ThinkingBlock(var text) ->
                    console.line(console.styled(Style.DIM, SafeText.of(text)));
            case MessageContent.ToolCall call ->
                    console.line(console.styled(Style.CYAN, "● " + Phrases.toolCall(call)));
            case MessageContent.ToolResult result ->
                    Phrases.toolResult(result, console).forEach(console::line);
            case MessageContent.Image image -> console.line("(image " + image.mediaType() + ")");
            case MessageContent.Resource one -> console.line("(resource " + one.uri() + ")");
            case MessageContent.ResourceLink link -> console.line("(link " + link.uri() + ")");
        }
    }

    private static void checkpoint(CheckpointId id, OrchestrationReadModel model, Console console) {
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint != null) {
            console.line(
                    console.styled(Style.DIM, "◆ " + id + "  " + Phrases.checkpoint(checkpoint)));
        }
    }
}
