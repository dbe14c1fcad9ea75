package dev.stele.app.cli;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.error.SteleException;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import dev.stele.domain.port.AgentDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele run}: prompts an agent and shows what it does. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Prompts an agent, shows its turn, and keeps every step of it.",
            "A checkpoint of the whole working tree is taken before and after."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the turn came to its end",
            "1:the turn failed, or was interrupted",
            "2:wrong usage, or no such directory",
            "3:there is no such thread",
            "4:the log cannot be used; another process may be at work in the home",
            "5:refused: the thread is at work, or what waits in it is held up",
            "130:Ctrl-C; the turn was ended in order"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele run \"Explain this project.\"",
            "  stele run --agent gemini --approve all \"Mend the failing test.\"",
            "  stele run --thread 1m8 --then \"And the docs.\" \"Now the tests.\"",
            "  stele run --worktree=parser \"Write the parser anew.\""
        })
class RunCommand implements Callable<Integer> {

    private static final int TITLE = 80;

    /** The agent that asks no model. */
    static final String SCRIPTED = "scripted";

    @ParentCommand private @Nullable SteleCommand parent;
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The directory to work in; else this one.")
    private Path project = Path.of(".");

    @Option(
            names = "--agent",
            paramLabel = "NAME|COMMAND",
            description = {
                "The agent: a name ('stele agents' shows them), or the command line of any program"
                        + " that speaks the Agent Client Protocol. Else the first that is installed"
                        + " and answers.",
                "'scripted' plays a script and asks no model; 'scripted:FILE' plays that file,"
                        + " and 'replay:FILE' a recording."
            })
    private @Nullable String agent;

    @Option(
            names = "--approve",
            paramLabel = "ask|all|none",
            defaultValue = "ask",
            description = "Who answers when the agent asks: you, always yes, always no.")
    private ApprovalPolicy.Standard approve = ApprovalPolicy.Standard.ASK;

    @Option(
            names = "--thread",
            paramLabel = "ID",
            description = "Goes on with this conversation; else a new one is begun.")
    private @Nullable String thread;

    @Option(
            names = "--worktree",
            paramLabel = "NAME",
            arity = "0..1",
            preprocessor = PushCommand.AttachedOnly.class,
            description = {
                "Begins the conversation in a working tree and on a branch of its own, so that"
                        + " agents can work beside each other and you.",
                "--worktree=NAME names it, or takes the one of that name."
            })
    private @Nullable String worktree;

    @Option(
            names = "--queue",
            description = {
                "Says it behind everything that waits in the conversation already.",
                "'stele queue' shows what waits."
            })
    private boolean queue;

    @Option(
            names = "--then",
            paramLabel = "PROMPT",
            description = {
                "What is said next, once this is done; may be given more than once.",
                "When a turn fails or is interrupted the rest waits: 'stele queue send-now' goes"
                        + " on."
            })
    private List<String> followUps = List.of();

    @Option(
            names = "--attach",
            paramLabel = "FILE",
            description = {
                "Goes to the agent with the prompt: an image, a text or any other file up to 10"
                        + " MiB; may be given more than once."
            })
    private List<Path> attached = List.of();

    @Parameters(paramLabel = "PROMPT", arity = "1..*", description = "What the agent is to do.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand stele = Objects.requireNonNull(parent);
        String prompt = String.join(" ", words).strip();
        if (prompt.isEmpty()) {
            throw usage("The prompt is empty: say what the agent is to do.");
        }
        if (followUps.stream().anyMatch(String::isBlank)) {
            throw usage("A prompt of --then is empty: say what the agent is to do.");
        }
        if (queue && thread == null) {
            throw usage("A new conversation has nothing that waits: give --thread with --queue.");
        }
        if (agent != null && agent.isBlank()) {
            throw usage(
                    "The agent is empty: give a name or a command line, or leave --agent away.");
        }
        if (thread != null && agent != null) {
            throw usage("A thread keeps its agent: give --thread or --agent, not both.");
        }
        if (thread != null && worktree != null) {
            throw usage("A thread keeps its place: give --thread or --worktree, not both.");
        }
        if (queue && !attached.isEmpty()) {
            throw usage("What is queued is words only: give --attach without --queue.");
        }
        List<MessageContent> blocks = blocks(prompt);
        requireNoSlip(stele);
        Console console = stele.console();
        try (Stele opened =
                with(stele.builder().approvals(approve).onReplay(new ReplayProgress(console)))
                        .open()) {
            return run(opened, console, prompt, blocks, stele.json());
        }
    }

    /** A name that is nearly an agent's, and no program's, is a slip: nothing is begun with it. */
    private void requireNoSlip(SteleCommand stele) {
        if (agent == null || !agent.matches("[\\w-]+") || Programs.isOnPath(agent)) {
            return;
        }
        List<String> names =
                Stream.concat(
                                Stream.of(SCRIPTED),
                                stele.builder().agentDirectory().known().stream()
                                        .map(AgentDirectory.Listing::name))
                        .toList();
        List<String> near = Mistyped.near(agent, names.stream());
        if (!names.contains(agent) && !near.isEmpty()) {
            throw usage(
                    "There is no agent '"
                            + agent
                            + "'."
                            + Mistyped.question(near)
                            + " 'stele agents' shows those that are known.");
        }
    }

    private List<MessageContent> blocks(String prompt) {
        try {
            return Attachments.blocks(prompt, attached);
        } catch (Attachments.Unusable unusable) {
            throw usage(String.valueOf(unusable.getMessage()));
        }
    }

    /** What a command that does more than this one adds. */
    Stele.Builder with(Stele.Builder builder) {
        return builder;
    }

    final ParameterException usage(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }

    private int run(
            Stele stele, Console console, String prompt, List<MessageContent> blocks, boolean json)
            throws InterruptedException {
        long before = stele.model().sequence();
        ProjectId place = thread == null ? place(stele, console, prompt) : null;
        if (thread == null && place == null) {
            return ExitCode.FAILED.code();
        }
        ChatThread chat = place == null ? known(stele) : begun(stele, place, prompt);
        console.note(
                console.styled(
                        Style.DIM, "thread " + chat.id() + ", agent " + shown(chat.agent())));
        var conversation =
                new Conversation(stele, console, json, approve == ApprovalPolicy.Standard.ASK);
        TurnId turnId = queue ? queued(stele, chat, prompt) : started(stele, chat, blocks);
        for (String followUp : followUps) {
            stele.queue(chat.id(), followUp);
        }
        return conversation.follow(chat.id(), turnId, before).code();
    }

    private static TurnId started(Stele stele, ChatThread chat, List<MessageContent> blocks) {
        TurnId turnId = Ids.turn();
        stele.execute(new StartTurn(turnId, chat.id(), blocks, Instant.now()));
        return turnId;
    }

    private static TurnId queued(Stele stele, ChatThread chat, String prompt) {
        TurnId turnId = stele.queue(chat.id(), prompt);
        HoldCause hold = Lookup.thread(stele.model(), chat.id().value()).queue().hold();
        if (hold != null) {
            throw new SteleException.Refused(new DeciderError.QueueOnHold(chat.id(), hold));
        }
        return turnId;
    }

    private ChatThread known(Stele stele) {
        ChatThread chat = Lookup.thread(stele.model(), thread);
        WorktreeChoice.requireThere(stele.model(), chat);
        return chat;
    }

    /** The project to work in, or null when its worktree could not be made, which was told. */
    private @Nullable ProjectId place(Stele stele, Console console, String prompt)
            throws InterruptedException {
        ProjectId projectId = stele.project(project);
        if (worktree == null) {
            return projectId;
        }
        String name = worktree.isEmpty() ? stele.worktrees().freeName(projectId, prompt) : worktree;
        Operation.AddWorktree add = stele.worktrees().add(projectId, name, null);
        if (add.state() instanceof OperationState.Failed(var why, _)) {
            console.error(SafeText.of(why));
            return null;
        }
        Project own = stele.model().project(add.worktreeId());
        if (own != null && own.worktree() != null) {
            console.note(
                    console.styled(
                            Style.DIM,
                            "worktree "
                                    + SafeText.line(own.name(), TITLE)
                                    + ", branch "
                                    + SafeText.line(own.worktree().branch(), 200)
                                    + ", in "
                                    + SafeText.line(own.path(), 500)));
        }
        return add.worktreeId();
    }

    private ChatThread begun(Stele stele, ProjectId projectId, String prompt)
            throws InterruptedException {
        ThreadId threadId = Ids.thread();
        String usual = stele.config().defaultAgent();
        String name = agent != null ? agent : usual != null ? usual : firstThatAnswers();
        stele.execute(
                new CreateThread(
                        threadId, projectId, SafeText.line(prompt, TITLE), name, Instant.now()));
        return Lookup.thread(stele.model(), threadId.value());
    }

    /** The first agent that is installed and can be prompted, else the scripted one. */
    private String firstThatAnswers() throws InterruptedException {
        AgentDirectory directory = Objects.requireNonNull(parent).builder().agentDirectory();
        for (AgentDirectory.Listing listing : directory.known()) {
            if (listing.installed()
                    && directory.ask(listing.name()) instanceof AgentDirectory.Answer.Ready) {
                return listing.name();
            }
        }
        return SCRIPTED;
    }

    private static String shown(String agent) {
        return agent.equals(SCRIPTED)
                ? "scripted: it plays a script and asks no model (--agent chooses a real one)"
                : SafeText.line(agent, 200);
    }
}
