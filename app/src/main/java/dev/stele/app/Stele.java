package dev.stele.app;

import com.google.inject.Injector;
import com.google.inject.Module;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalReactor;
import dev.stele.app.attach.ServerClient;
import dev.stele.app.config.ServerWait;
import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleConfig;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.engine.CompactionReport;
import dev.stele.app.engine.Core;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.Erasure;
import dev.stele.app.engine.ErasureReport;
import dev.stele.app.engine.ModelComparison;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.Replay;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.engine.Subscriber;
import dev.stele.app.error.SteleException;
import dev.stele.app.queue.QueueReactor;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.LogState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.OperationProgress;
import dev.stele.domain.port.RepositoryViews;
import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stele, open on its home: agents run, checkpoints are taken, and everything is in the log.
 * Thread-safe. One process at a time has a home open; others read it with {@link SteleReader}. A
 * log in a database may be shared by nodes, each with a home of its own: see {@link #role}.
 *
 * {@snippet :
 * try (Stele stele = Stele.builder()
 *         .agents(Map.of("gemini", "npx @google/gemini-cli --acp"))
 *         .approvals(ApprovalPolicy.Standard.ALL)
 *         .open()) {
 *     TurnResult result = stele.run(Path.of("."), "gemini", "Make the build green.");
 *     logger.info(result.text());
 * }
 * }
 */
public final class Stele implements History, AutoCloseable {
    private final SteleHome home;
    private final SteleConfig config;
    private final Core core;
    private final Codec codec;
    private final ApprovalReactor approvals;
    private final QueueReactor queues;
    private final Changes changes;
    private final Repositories repositories;
    private final TurnRunner turns = new TurnRunner(this);
    private final Operations operations = new Operations(this);
    private final Worktrees worktrees = new Worktrees(this, operations);

    private Stele(
            SteleHome home,
            SteleConfig config,
            Core core,
            Codec codec,
            ApprovalReactor approvals,
            QueueReactor queues,
            Changes.Sources sources,
            RepositoryViews views,
            boolean working) {
        this.home = home;
        this.config = config;
        this.core = core;
        this.codec = codec;
        this.approvals = approvals;
        this.queues = queues;
        this.changes = new Changes(this, sources, working);
        this.repositories = new Repositories(this, views);
    }

    /** {@return what there is to choose before opening; every choice has a usual value} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return what this instance is among all that have its log open; it changes at any time}
     * While it follows another node, commands are answered {@link DispatchResult.NotTheWriter};
     * everything that reads works.
     */
    public NodeRole role() {
        return core.role();
    }

    /** This node's name; null when the log is not shared. */
    @Nullable String node() {
        return switch (core.role()) {
            case NodeRole.Alone() -> null;
            case NodeRole.Writing(var name, _) -> name;
            case NodeRole.Following(var name, _) -> name;
        };
    }

    /** Why nothing more comes when subscriptions have ended: the beginning of a sentence. */
    String ending() {
        return core.ending();
    }

    /**
     * Lets nobody wait for work of a node that does not write any more.
     *
     * @param place where the work is done
     * @throws SteleException.Unavailable when it waits until that node writes again
     */
    void requireAtWork(@Nullable Place place) {
        LogState.Writer writer = model().log().writer();
        if (place != null && writer != null && !place.mayBeOn(writer.node())) {
            throw new SteleException.Unavailable(
                    "The node %s writes to the log now, and %s does not. What was begun is in the"
                                    .formatted(writer.node(), place.node())
                            + " log, and goes on when that node writes again.");
        }
    }

    /** {@return where everything is kept} */
    public SteleHome home() {
        return home;
    }

    /** {@return what is set: by the home's settings, and over them by the builder} */
    public SteleConfig config() {
        return config;
    }

    /** {@return domain values as JSON and back} */
    public Codec codec() {
        return codec;
    }

    /**
     * Sends a command under a new id. Never blocks, and the future never completes exceptionally.
     *
     * @param command the wish
     * @return the answer, later
     */
    public CompletableFuture<DispatchResult> dispatch(OrchestrationCommand command) {
        return dispatch(new CommandEnvelope(Ids.command(), Instant.now(), command));
    }

    /**
     * Sends a command under an id of the caller's, so that it can be sent again without being
     * carried out again. Never blocks, and the future never completes exceptionally.
     *
     * @param envelope the command
     * @return the answer, later
     */
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        return core.dispatch(envelope);
    }

    /**
     * Sends a command under a new id and waits until it is durable.
     *
     * @param command the wish
     * @return the place of its facts in the log
     * @throws SteleException.Refused when it is refused; nothing changed
     * @throws SteleException.Unavailable when it could not be carried out
     */
    public DispatchResult.Accepted execute(OrchestrationCommand command) {
        return SteleException.requireAccepted(dispatch(command).join());
    }

    @Override
    public OrchestrationReadModel model() {
        return core.model();
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return core.subscribe(afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        return core.page(afterSequence, limit);
    }

    @Override
    public OrchestrationReadModel modelAt(long sequence, ReplayListener progress) {
        return core.modelAt(sequence, progress);
    }

    @Override
    public Cause why(long sequence) {
        return new Causes(this, core::receiptAt).of(sequence);
    }

    /**
     * {@return the project of a directory, made when there is none yet; its name is the
     * directory's}
     *
     * @param directory an existing directory
     * @throws SteleException.InvalidDirectory when there is no such directory
     */
    public ProjectId project(Path directory) {
        return turns.project(directory);
    }

    /**
     * Prompts an agent in a new thread and waits for the end of the turn and for the checkpoint
     * after it. Questions of the agent are answered by the approval policy or by others who use
     * this instance; until then this waits.
     *
     * @param directory the project's directory; it becomes a project if it is none yet
     * @param agent a name of the settings or of {@link Builder#agents}, {@code scripted}, or the
     *     command line of a program that speaks the Agent Client Protocol
     * @param prompt what is said to it
     * @return what became of the turn; an agent that fails is a result, too, no exception
     * @throws SteleException.InvalidDirectory when there is no such directory
     * @throws SteleException.Refused when the prompt or the agent is blank
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the turn goes on
     */
    public TurnResult run(Path directory, String agent, String prompt) throws InterruptedException {
        requireText("prompt", prompt);
        requireText("agent", agent);
        ThreadId threadId = turns.thread(turns.project(directory), agent, prompt);
        return run(threadId, prompt);
    }

    /**
     * Prompts the agent of a thread once more, and waits like {@link #run(Path, String, String)}.
     *
     * @param threadId the thread
     * @param prompt what is said to it
     * @return what became of the turn
     * @throws SteleException.Refused when there is no such thread, it is busy, or the prompt is
     *     blank
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the turn goes on
     */
    public TurnResult run(ThreadId threadId, String prompt) throws InterruptedException {
        requireText("prompt", prompt);
        return await(threadId, turns.start(threadId, prompt));
    }

    /**
     * Puts a prompt at the end of a thread's queue and returns at once. It becomes a turn by itself
     * as soon as the thread is idle, here or, when this process ends before, in the next one; see
     * {@link Builder#startQueued}. {@link #await} waits for that turn.
     *
     * @param threadId the thread
     * @param prompt what is said to its agent
     * @return the id that the turn will have
     * @throws SteleException.Refused when there is no such thread, its queue is full, or the prompt
     *     is blank
     * @throws SteleException.Unavailable when its log fails
     */
    public TurnId queue(ThreadId threadId, String prompt) {
        requireText("prompt", prompt);
        return turns.queue(threadId, prompt);
    }

    /**
     * Waits until all questions of agents that are in the log now have been put to the policies in
     * the log and to the rule of this process. What is pending after that is left to people.
     *
     * @param timeout how long to wait at most
     * @return whether they have been
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitRules(Duration timeout) throws InterruptedException {
        return approvals.drain(timeout);
    }

    /**
     * Starts prompts that wait in a thread, for as long as this instance is open. It is needed only
     * where {@link Builder#startQueued} says no.
     *
     * @param threadId the thread
     */
    public void startQueued(ThreadId threadId) {
        queues.attend(threadId);
    }

    /**
     * Waits for the end of a turn, and for the checkpoint after it; of a prompt that is queued also
     * for its start.
     *
     * @param threadId its thread
     * @param turnId the turn
     * @return what became of the turn
     * @throws SteleException.Refused when there is no such turn, it is deleted meanwhile, or it
     *     waits in a queue that is held
     * @throws SteleException.Unavailable when Stele is closed meanwhile
     * @throws InterruptedException when the waiting thread is interrupted; the turn goes on
     */
    public TurnResult await(ThreadId threadId, TurnId turnId) throws InterruptedException {
        return turns.await(threadId, turnId);
    }

    /** {@return the linked working trees of projects} */
    public Worktrees worktrees() {
        return worktrees;
    }

    /** {@return what the repositories of projects are like} */
    public Repositories repositories() {
        return repositories;
    }

    /** {@return what changed in the files of projects} */
    public Changes changes() {
        return changes;
    }

    /**
     * Brings back all that a checkpoint holds, whoever has changed it since, and waits like {@link
     * #restore(CheckpointId, RestoreScope, ChangeSelection)}.
     *
     * @param checkpointId what to bring back
     * @param scope files, conversation or both
     * @return the restore
     * @throws SteleException.Refused when there is no such checkpoint, it is not ready, or somebody
     *     is at work in the directory
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the restore goes on
     */
    public Operation.Restore restore(CheckpointId checkpointId, RestoreScope scope)
            throws InterruptedException {
        return restore(checkpointId, scope, new ChangeSelection.All());
    }

    /**
     * Brings back a checkpoint and waits for the end of it. A safety checkpoint is taken first, so
     * that {@link #undo} can take the restore back. Index, HEAD and branches stay as they are.
     * {@link Changes#restoring} tells what it will do.
     *
     * @param checkpointId what to bring back
     * @param scope files, conversation or both
     * @param selection which changes of files are taken back: those of the checkpoint's thread,
     *     all, or those of named paths
     * @return the restore, {@link dev.stele.domain.model.OperationState.Restored} or {@link
     *     dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when there is no such checkpoint, it is not ready, or somebody
     *     is at work in the directory
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails; a
     *     restore that was begun goes on at the next start
     * @throws InterruptedException when the waiting thread is interrupted; the restore goes on
     */
    public Operation.Restore restore(
            CheckpointId checkpointId, RestoreScope scope, ChangeSelection selection)
            throws InterruptedException {
        return operations.restore(checkpointId, scope, selection);
    }

    /**
     * Takes back a thread's newest restore by bringing back its safety checkpoint, in the same
     * scope, and waits like {@link #restore}. An undo is a restore, too: the second of two undos
     * takes back the first. One that failed is tried again by the next. What others have changed in
     * the files after the restore stays, where it can be told apart.
     *
     * @param threadId the thread
     * @return the restore that does it
     * @throws SteleException.NothingToUndo when there was no restore, or a turn or another thread's
     *     restore came after it in this project, which would be taken away, too
     * @throws SteleException.Refused when there is no such thread, or somebody is at work in the
     *     directory
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the undo goes on
     */
    public Operation.Restore undo(ThreadId threadId) throws InterruptedException {
        return operations.undo(threadId);
    }

    /**
     * Begins what {@link #undo} does, and does not wait for the end of it.
     *
     * @param threadId the thread
     * @return the restore that does it; what becomes of it is in the model
     * @throws SteleException.NothingToUndo when {@link #undo} would say so
     * @throws SteleException.Refused when there is no such thread, or somebody is at work in the
     *     directory
     * @throws SteleException.Unavailable when Stele is closed, or its log fails
     */
    public OperationId beginUndo(ThreadId threadId) {
        return operations.beginUndo(threadId);
    }

    /**
     * Commits changes in the thread's directory with the user's identity, hooks and signing, and
     * waits for the end of it.
     *
     * @param threadId the thread
     * @param message the commit message
     * @param selection the thread's own changes, all, or those of named paths
     * @return the commit, {@link dev.stele.domain.model.OperationState.Recorded} with its hash or
     *     {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when there is no such thread, it is busy, a restore is under
     *     way, the message is blank or a path is none
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails; the next
     *     start finds out whether the commit was made
     * @throws InterruptedException when the waiting thread is interrupted; the commit goes on
     */
    public Operation.Commit commit(ThreadId threadId, String message, ChangeSelection selection)
            throws InterruptedException {
        return operations.commit(threadId, message, selection);
    }

    /**
     * Makes a branch without switching to it, and waits for the end of it.
     *
     * @param projectId the project
     * @param name the branch
     * @param from the revision where it starts; null is HEAD
     * @return the branch, {@link dev.stele.domain.model.OperationState.Recorded} with the hash of
     *     its commit or {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when there is no such project, or git forbids the name
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    public Operation.Branch branch(ProjectId projectId, String name, @Nullable String from)
            throws InterruptedException {
        return operations.branch(projectId, name, from);
    }

    /**
     * Pushes one branch with the user's git, and waits for the end of it.
     *
     * @param projectId the project
     * @param branch the branch
     * @param remote the remote's name
     * @param lease the full id of the commit that the push may replace; null replaces nothing
     * @return the push, {@link dev.stele.domain.model.OperationState.Recorded} with the hash that
     *     the remote has now or {@link dev.stele.domain.model.OperationState.Failed}
     * @throws SteleException.Refused when there is no such project, or a name or the lease can be
     *     none
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails; the next
     *     start finds out whether the push arrived
     * @throws InterruptedException when the waiting thread is interrupted; the push goes on
     */
    public Operation.Push push(
            ProjectId projectId, String branch, String remote, @Nullable String lease)
            throws InterruptedException {
        return operations.push(projectId, branch, remote, lease);
    }

    /**
     * Gives up old checkpoints of a project; what an undo or work under way needs stays. When this
     * returns it is decided and durable, and none of them can be restored any more. Their refs go
     * soon after; in a repository of Stele's own their room does, too, and in the user's with its
     * next {@code git gc}. {@link dev.stele.domain.decide.Thinning#judge} tells before what goes.
     *
     * @param projectId the project
     * @param policy which are kept
     * @return those that were given up
     * @throws SteleException.Refused when there is no such project, or the policy makes no sense
     * @throws SteleException.Unavailable when Stele is closed meanwhile, or its log fails
     */
    public List<CheckpointId> thin(ProjectId projectId, ThinningPolicy policy) {
        return operations.thin(projectId, policy);
    }

    /**
     * Gives a thread an approval policy of its own, for as long as this instance is open.
     *
     * @param threadId the thread
     * @param policy the rule; questions that wait already are put to it, too
     */
    public void approvals(ThreadId threadId, ApprovalPolicy policy) {
        approvals.use(threadId, policy);
    }

    /**
     * Waits until nothing is left to do: no agent at work, no checkpoint or commit under way.
     *
     * @param timeout how long to wait at most
     * @return whether it is quiet
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        return core.drain(timeout);
    }

    /**
     * Replaces closed stretches of the log by less: the pieces of an answer become one fact, and
     * all of it is packed. Work goes on beside it. Models and transcripts stay what they are, and
     * sequences stay free of gaps; at the places of merged facts stands {@link
     * dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent}. Costs the length
     * of the log.
     *
     * @param options what is touched; {@link CompactionOptions#USUAL} for all that is over
     * @param progress hears how far it is
     * @return what it came to, also when it ended early
     * @throws dev.stele.domain.port.StoreException when the log cannot be read or written, or the
     *     disk has not the room that giving room back needs; what was replaced before stays so
     * @throws InterruptedException when the waiting thread is interrupted; what was replaced before
     *     stays so
     */
    public CompactionReport compact(CompactionOptions options, LogProgress progress)
            throws InterruptedException {
        return core.compact(options, progress);
    }

    /**
     * Ends agents and git work, stores what they still report, and gives the home back. Turns that
     * were open are ended at the next start. Repeats do nothing.
     */
    @Override
    public void close() {
        core.close();
    }

    private static void requireText(String field, String text) {
        if (text.isBlank()) {
            throw new SteleException.Refused(
                    new DeciderError.InvalidInput(field, "it is blank; say something"));
        }
    }

    /** What there is to choose before Stele opens. Not thread-safe. */
    public static final class Builder {
        private static final Duration PATIENCE = Duration.ofMinutes(2);

        private @Nullable SteleHome home;
        private @Nullable SharedLog shared;
        private boolean startsQueued = true;
        private boolean attaches;
        private Runnable onWait = () -> {};
        private ApprovalPolicy policy = ApprovalPolicy.Standard.ASK;
        private EngineSettings settings = EngineSettings.USUAL;
        private ReplayListener listener = ReplayListener.SILENT;
        private OperationProgress progress = OperationProgress.SILENT;
        private final Map<String, String> agents = new HashMap<>();
        private @Nullable Path recording;
        private final Map<Adapter, Module> adapters = new EnumMap<>(Adapter.class);
        private final List<Subscriber> subscribers = new ArrayList<>();

        private Builder() {}

        /**
         * Sets where everything is kept; else {@link SteleHome#usual()}.
         *
         * @param newHome the home; its directory is made when it is missing
         * @return this builder
         */
        public Builder home(SteleHome newHome) {
            home = newHome;
            return this;
        }

        /**
         * Keeps the log in a PostgreSQL database instead of a file in the home. Several nodes may
         * share it; each has a home of its own. Without this and without a {@link #home} the
         * environment is asked, see {@link SharedLog#VARIABLE}. The driver, {@code
         * org.postgresql:postgresql}, and {@code org.flywaydb:flyway-database-postgresql} have to
         * be on the class path.
         *
         * @param newStore the database and this node
         * @return this builder
         */
        public Builder store(SharedLog newStore) {
            shared = newStore;
            return this;
        }

        /**
         * Sets the rule that answers agents' questions; else all are left to people.
         *
         * @param newPolicy the rule of every thread that gets none of its own
         * @return this builder
         */
        public Builder approvals(ApprovalPolicy newPolicy) {
            policy = newPolicy;
            return this;
        }

        /**
         * Sets whether prompts that wait start by themselves in this instance; else they do. One
         * that is open for a moment only had better leave them to others, and may {@linkplain
         * Stele#startQueued name} the threads that it stays for.
         *
         * @param everywhere whether prompts of all threads start here
         * @return this builder
         */
        public Builder startQueued(boolean everywhere) {
            startsQueued = everywhere;
            return this;
        }

        /**
         * Sets whether a home that a server of this user holds is worked in through that server;
         * else opening fails then. Commands go to the server, and agents and git run there; the
         * model and the facts are read from the log. The rule of {@link #approvals} is for threads
         * that this instance sends prompts to. What is {@linkplain #install installed}, {@linkplain
         * #subscriber told} or {@linkplain #recording recorded} is so only in the process that
         * holds the home.
         *
         * @param throughServer whether to go through a server
         * @return this builder
         */
        public Builder attach(boolean throughServer) {
            attaches = throughServer;
            return this;
        }

        /**
         * Sets who hears that a server of the home is waited for; else nobody: once when the
         * opening waits for one that reads its log or is ending, two minutes at most, and each time
         * that one has not answered for two seconds.
         *
         * @param newListener hears it
         * @return this builder
         */
        public Builder onWait(Runnable newListener) {
            onWait = newListener;
            return this;
        }

        /**
         * Adds agents besides those of the home's settings; of two with one name the later one
         * stands. They are for the usual provider; another one that is installed has its own.
         *
         * @param newAgents command lines by the names that threads use
         * @return this builder
         */
        public Builder agents(Map<String, String> newAgents) {
            agents.putAll(newAgents);
            return this;
        }

        /**
         * Writes what goes over the wire between Stele and its agents into a file, without its
         * secrets. A thread whose agent is {@code replay:FILE} plays it again. It is for the usual
         * provider.
         *
         * @param file a new file; of several sessions the later ones get files with a number
         * @return this builder
         */
        public Builder recording(Path file) {
            recording = file;
            return this;
        }

        /**
         * Sets the engine's bounds; else {@link EngineSettings#USUAL}.
         *
         * @param newSettings the bounds
         * @return this builder
         */
        public Builder settings(EngineSettings newSettings) {
            settings = newSettings;
            return this;
        }

        /**
         * Sets who hears how far reading the log at the start is; else nobody.
         *
         * @param newListener hears of each page
         * @return this builder
         */
        public Builder onReplay(ReplayListener newListener) {
            listener = newListener;
            return this;
        }

        /**
         * Sets who hears how far operations are that take long, such as pushes; else nobody. The
         * usual git adapter tells it; another one that is installed has its own.
         *
         * @param newProgress hears what git says meanwhile
         * @return this builder
         */
        public Builder onProgress(OperationProgress newProgress) {
            progress = newProgress;
            return this;
        }

        /**
         * Adds somebody who is told of every fact that becomes durable from the opening on, in
         * order, without a gap, on a virtual thread of its own. That begins before {@link #open}
         * returns, with what the opening itself records. Whatever the listener throws is logged,
         * and it is told the next fact; a slow one holds nobody up. When Stele is closed it has ten
         * seconds to hear the rest. More than one may be added.
         *
         * @param name names it in the log and its thread
         * @param listener is told
         * @return this builder
         */
        public Builder subscriber(String name, Consumer<? super StoredEvent> listener) {
            subscribers.add(new Subscriber(name, null, listener));
            return this;
        }

        /**
         * Adds somebody who goes on hearing where it has stopped before: first the facts that the
         * log holds after a place, then those that come, as with {@link #subscriber(String,
         * Consumer)}.
         *
         * @param name names it in the log and its thread
         * @param afterSequence the place of the last fact that it knows already; 0 to hear all
         * @param listener is told
         * @return this builder
         */
        public Builder subscriber(
                String name, long afterSequence, Consumer<? super StoredEvent> listener) {
            subscribers.add(new Subscriber(name, afterSequence, listener));
            return this;
        }

        /**
         * Installs another store, provider or git adapter in place of the usual one; the other two
         * stay as they are. {@link Adapter} says what each module has to bind. Of two for one place
         * the later one stands. The conformance kits in the jar of {@code stele-domain} with the
         * classifier {@code tck} prove that an adapter does what Stele relies on.
         *
         * @param adapter what is replaced
         * @param module what comes in its place; made anew for every opening
         * @return this builder
         */
        public Builder install(Adapter adapter, Module module) {
            adapters.put(adapter, module);
            return this;
        }

        /**
         * Opens the home: the log is read, agents of a dead process are ended, open work goes on.
         *
         * @return Stele, at work
         * @throws SteleException.InvalidHome when the home cannot be used
         * @throws SteleException.InvalidConfiguration when its settings are wrong, or a module that
         *     is installed does not bind what it is installed for
         * @throws IllegalArgumentException when a subscriber begins beyond the log's end
         * @throws dev.stele.domain.port.StoreException.Locked when another process has it open
         * @throws dev.stele.domain.port.StoreException when its log cannot be read
         */
        public Stele open() {
            SteleHome opened = chosenHome().create();
            SteleConfig config = SteleConfig.read(opened.configuration()).plus(agents);
            try {
                return opened(opened, config);
            } catch (StoreException.Locked held) {
                if (!attaches) {
                    throw held;
                }
                return throughServer(opened, config, held);
            }
        }

        /** One that is still reading its log, or ending, is waited for. */
        private Stele throughServer(
                SteleHome opened, SteleConfig config, StoreException.Locked held) {
            boolean waits = ServerWait.isUnderWay(opened);
            Stele attached = attached(opened, config);
            if (attached != null) {
                return attached;
            }
            if (!waits) {
                throw held;
            }
            onWait.run();
            if (!ServerWait.awaitEnd(opened, PATIENCE)) {
                throw held;
            }
            Stele later = attached(opened, config);
            return later == null ? opened(opened, config) : later;
        }

        private Stele opened(SteleHome opened, SteleConfig config) {
            var approvals = new ApprovalReactor(policy, InstantSource.system());
            var queues = new QueueReactor(startsQueued, InstantSource.system());
            Injector injector =
                    SteleModule.assemble(
                            new SteleModule(
                                    module(Adapter.STORE, opened, config),
                                    module(Adapter.PROVIDER, opened, config),
                                    module(Adapter.GIT, opened, config),
                                    approvals,
                                    queues,
                                    subscribers));
            Changes.Sources sources = SteleModule.make(injector, Changes.Sources.class);
            RepositoryViews views = SteleModule.make(injector, RepositoryViews.class);
            Engine.Parts parts = SteleModule.make(injector, Engine.Parts.class);
            Engine engine = Engine.open(parts, settings, listener);
            return new Stele(
                    opened, config, engine, parts.codec(), approvals, queues, sources, views, true);
        }

        /** On the server that holds the home; null when none answers. */
        private @Nullable Stele attached(SteleHome opened, SteleConfig config) {
            Injector injector = reading(config);
            Codec codec = SteleModule.make(injector, Codec.class);
            ServerClient server = ServerClient.of(opened, codec, onWait);
            if (server == null) {
                return null;
            }
            Changes.Sources sources = SteleModule.make(injector, Changes.Sources.class);
            EventStore store = SteleModule.make(injector, EventStore.class);
            var reader = new SteleReader(store, codec, sources, listener);
            var approvals =
                    new ApprovalReactor(ApprovalPolicy.Standard.ASK, InstantSource.system());
            var queues = new QueueReactor(false, InstantSource.system());
            RepositoryViews views = SteleModule.make(injector, RepositoryViews.class);
            var core = new AttachedCore(server, reader, store, approvals, policy, progress);
            return new Stele(opened, config, core, codec, approvals, queues, sources, views, false);
        }

        /**
         * Opens the home only to look into it, also while another process works in it. Of what is
         * installed the store is used, and the git adapter to compare trees; no reactor is started.
         * A store that refuses a second process does so here, too.
         *
         * @return what it can be read with
         * @throws SteleException.InvalidConfiguration when a module that is installed does not bind
         *     what it is installed for
         * @throws dev.stele.domain.port.StoreException when there is no log, or it cannot be read
         */
        public SteleReader openReadOnly() {
            Injector injector = reading(SteleConfig.read(chosenHome().configuration()));
            Codec codec = SteleModule.make(injector, Codec.class);
            Changes.Sources sources = SteleModule.make(injector, Changes.Sources.class);
            EventStore store = SteleModule.make(injector, EventStore.class);
            return new SteleReader(store, codec, sources, listener);
        }

        /**
         * {@return the care of the home's log: proving, copying and carrying it elsewhere} Opens
         * nothing, so that it is there also for a log that cannot be opened, and while another
         * process works in the home.
         *
         * @throws SteleException.InvalidConfiguration when a module that is installed as the store
         *     binds no {@link LogAdministration}
         */
        public LogAdministration administration() {
            return SteleModule.make(reading(SteleConfig.EMPTY), LogAdministration.class);
        }

        /**
         * Folds the whole log, and compares it with the model that an opening would begin with: the
         * newest snapshot and the facts after it. Also while another process works in the home.
         *
         * @return whether both are equal
         * @throws SteleException.InvalidConfiguration when a module that is installed does not bind
         *     what it is installed for
         * @throws dev.stele.domain.port.StoreException when there is no log, or it cannot be read
         */
        public ModelComparison compareModels() {
            try (EventStore store =
                    SteleModule.make(reading(SteleConfig.EMPTY), EventStore.class)) {
                return new Replay(store, settings.page()).compare(listener);
            }
        }

        /**
         * Looks for a text in the log: in the facts, also where it is spread over pieces of a
         * message, and in the answers to commands; and in the checkpoints of all projects. Changes
         * nothing.
         *
         * @param secret the text
         * @param progress hears how far it is
         * @return where it is
         * @throws dev.stele.domain.port.StoreException when there is no log, it cannot be read, or
         *     another process works in the home
         */
        public ErasureReport find(SecretText secret, LogProgress progress) {
            Injector injector = writing();
            try (EventStore store = SteleModule.make(injector, EventStore.class)) {
                return erasure(injector, store, secret).look(progress);
            }
        }

        /**
         * Erases a text from the log and from checkpoints for good, and leaves the log verifiable:
         * each stretch that holds it is replaced by one with a mask in its place, told of by a
         * {@link dev.stele.domain.event.OrchestrationEvent.LogEvent.TextErased}. Checkpoints keep
         * their names, and have the mask in their files. Nobody works in the home meanwhile, nor
         * with git in the projects' repositories. What people have in commits, indexes and files of
         * their own stays, and is told. Doing it again finishes what was broken off.
         *
         * @param secret the text
         * @param by who wants it
         * @param progress hears how far it is
         * @return where it was
         * @throws dev.stele.domain.port.StoreException when there is no log, it cannot be read or
         *     written, or another process works in the home or reads the log
         */
        public ErasureReport erase(SecretText secret, String by, LogProgress progress) {
            Injector injector = writing();
            try (EventStore store = SteleModule.make(injector, EventStore.class)) {
                return erasure(injector, store, secret).erase(by, Instant.now(), progress);
            }
        }

        private static Erasure erasure(Injector injector, EventStore store, SecretText secret) {
            CheckpointErasure checkpoints = SteleModule.make(injector, CheckpointErasure.class);
            return new Erasure(store, checkpoints, secret);
        }

        /**
         * {@return the agents that threads can name} Opens nothing, so that it is there also while
         * another process works in the home. Where this works through a server, they are those that
         * the server can start.
         *
         * @throws SteleException.InvalidConfiguration when the home's settings are wrong, or a
         *     module that is installed as the provider binds no {@link AgentDirectory}
         * @throws dev.stele.domain.port.StoreException when the server does not answer
         */
        public AgentDirectory agentDirectory() {
            SteleHome opened = chosenHome();
            SteleConfig config = SteleConfig.read(opened.configuration()).plus(agents);
            ServerClient server =
                    attaches
                            ? ServerClient.of(
                                    opened, SteleModule.make(reading(config), Codec.class), onWait)
                            : null;
            if (server != null) {
                return server.agents();
            }
            Module provider = module(Adapter.PROVIDER, opened, config);
            return SteleModule.make(
                    SteleModule.assemble(new AdapterModule(Adapter.PROVIDER, provider)),
                    AgentDirectory.class);
        }

        /** The log and what erases from checkpoints, without any reactor. */
        private Injector writing() {
            SteleHome opened = chosenHome();
            Module store = module(Adapter.STORE, opened, SteleConfig.EMPTY);
            Module git = module(Adapter.GIT, opened, SteleConfig.EMPTY);
            return SteleModule.assemble(new ReadingModule(store, git));
        }

        /** What it takes to look into the home. */
        private Injector reading(SteleConfig config) {
            SteleHome opened = chosenHome();
            Module usual = SteleModule.reading(opened, chosenStore());
            Module git = module(Adapter.GIT, opened, config);
            return SteleModule.assemble(
                    new ReadingModule(adapters.getOrDefault(Adapter.STORE, usual), git));
        }

        private Module module(Adapter adapter, SteleHome opened, SteleConfig config) {
            Module installed = adapters.get(adapter);
            return installed == null
                    ? SteleModule.usual(adapter, opened, config, chosenStore(), progress, recording)
                    : installed;
        }

        /** A home that was named holds its own log. */
        private @Nullable SharedLog chosenStore() {
            return shared == null && home == null ? SharedLog.ofEnvironment(null) : shared;
        }

        private SteleHome chosenHome() {
            return home == null ? SteleHome.usual() : home;
        }
    }
}
