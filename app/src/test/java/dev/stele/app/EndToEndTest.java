package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything for real: SQLite, a git repository, an agent that is a process. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndToEndTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path folder;
    private final GitProject project;
    private final SteleHome home;

    EndToEndTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = GitProject.in(folder.resolve("project"));
        home = new SteleHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private Stele open(Standard policy) {
        return Stele.builder().home(home).approvals(policy).open();
    }

    /** The name of an agent that plays these steps for every prompt. */
    private String playing(String steps) throws IOException {
        Path script = Files.createTempFile(folder, "script", ".json");
        Files.writeString(script, "{\"steps\": [" + steps + "]}");
        return "scripted:" + script;
    }

    @Test
    void a_turn_is_kept_with_the_trees_from_before_and_after_it() throws Exception {
        project.write("new.txt", "not added\n").write("noise.log", "ignored\n");
        String before = project.state();
        String agent =
                playing(
                        """
                        {"say": "I begin. "},
                        {"write": "made.txt", "content": "made\\n",
                         "allowed": [{"say": "I made it."}]}
                        """);
        try (Stele stele = open(Standard.ALL)) {
            TurnResult result = stele.run(project.directory(), agent, "Make it.");

            assertThat(result.isCompleted()).as(result.toString()).isTrue();
            assertThat(result.text()).endsWith("I made it.");
            Map<String, String> old =
                    Map.of(
                            ".gitignore", "*.log\n",
                            "tracked.txt", "tracked\n",
                            "new.txt", "not added\n");
            assertThat(project.tree(ref(result.before()))).isEqualTo(old);
            assertThat(project.tree(ref(result.after()))).containsAllEntriesOf(old).hasSize(4);
            assertThat(project.tree(ref(result.after()))).containsEntry("made.txt", "made\n");
            assertThat(events(stele, ActionApproved.class))
                    .extracting(ActionApproved::by)
                    .containsExactly(Actor.policy("all"));
            assertThat(stele.drain(LONG)).isTrue();
            assertThat(stele.model().lanes().open()).isEmpty();
        }
        Files.delete(project.directory().resolve("made.txt"));
        assertThat(project.state()).isEqualTo(before);
    }

    private static String ref(Checkpoint checkpoint) {
        assertThat(checkpoint.state()).isInstanceOf(CheckpointState.Ready.class);
        return ((CheckpointState.Ready) checkpoint.state()).gitRef();
    }

    @Test
    void a_restart_gives_the_same_model_to_the_byte() throws Exception {
        byte[] before;
        TurnResult result;
        try (Stele stele = open(Standard.NONE)) {
            result = stele.run(project.directory(), playing("{\"say\": \"Hello.\"}"), "Say it.");
            before = stele.codec().encode(stele.model());
        }
        try (Stele stele = open(Standard.NONE)) {
            assertThat(stele.codec().encode(stele.model())).isEqualTo(before);
            assertThat(stele.run(result.threadId(), "Again.").isCompleted()).isTrue();
        }
    }

    @Test
    void what_a_policy_rejects_does_not_happen() throws Exception {
        String agent = playing("{\"write\": \"made.txt\", \"content\": \"made\"}");
        try (Stele stele = open(Standard.NONE)) {
            stele.run(project.directory(), agent, "Make it.");

            assertThat(project.directory().resolve("made.txt")).doesNotExist();
            assertThat(events(stele, ActionRejected.class)).hasSize(1);
        }
    }

    @Test
    void an_interrupted_turn_drains_and_the_thread_goes_on() throws Exception {
        Path script = Files.createTempFile(folder, "script", ".json");
        Files.writeString(
                script,
                """
                {"turns": [[{"say": "Waiting."}, {"waitForCancel": true}], [{"say": "Done."}]]}
                """);
        try (Stele stele = open(Standard.ALL)) {
            ThreadId threadId = thread(stele, "scripted:" + script);
            Future<TurnResult> first = threads.submit(() -> stele.run(threadId, "Wait."));
            Waiting.until("it speaks", () -> messages(stele, threadId) > 1);
            stele.execute(new InterruptTurn(threadId, Instant.now()));

            assertThat(first.get().state()).isInstanceOf(TurnState.Interrupted.class);
            assertThat(stele.run(threadId, "Go on.").text()).isEqualTo("Done.");
        }
    }

    private static int messages(Stele stele, ThreadId threadId) {
        var turns = Objects.requireNonNull(stele.model().thread(threadId)).turns();
        Turn turn = turns.isEmpty() ? null : stele.model().turn(turns.last());
        return turn == null ? 0 : turn.transcript().size();
    }

    @Test
    void turns_in_one_directory_take_turns() throws Exception {
        String agent =
                playing(
                        """
                        {"append": "list.txt", "content": "${prompt}\\n", "ask": false},
                        {"pause": 50}
                        """);
        try (Stele stele = open(Standard.ALL)) {
            var results = new ArrayList<Future<TurnResult>>();
            for (String name : List.of("a", "b", "c")) {
                results.add(threads.submit(() -> stele.run(project.directory(), agent, name)));
            }
            for (Future<TurnResult> result : results) {
                Map<String, String> before = project.tree(ref(result.get().before()));
                Map<String, String> after = project.tree(ref(result.get().after()));
                String had = before.getOrDefault("list.txt", "");
                assertThat(after.getOrDefault("list.txt", "").lines().count())
                        .isEqualTo(had.lines().count() + 1);
            }
        }
    }

    @Test
    void an_agent_that_cannot_be_started_fails_the_turn_and_the_thread_goes_on() throws Exception {
        try (Stele stele = open(Standard.ALL)) {
            TurnResult result =
                    stele.run(project.directory(), "/nowhere/no-such-agent --acp", "Do it.");

            assertThat(result.state()).isInstanceOf(TurnState.Failed.class);
            assertThat(Objects.requireNonNull(stele.model().thread(result.threadId())).status())
                    .isEqualTo(new ThreadStatus.Idle());
            assertThat(ref(result.after())).isNotEmpty();
        }
    }

    @Test
    void a_home_belongs_to_one_and_is_read_by_all() throws Exception {
        try (Stele stele = open(Standard.ALL)) {
            TurnResult result =
                    stele.run(project.directory(), playing("{\"say\": \"Hello.\"}"), "Say it.");

            assertThatThrownBy(() -> open(Standard.ALL))
                    .isInstanceOf(StoreException.Locked.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            try (SteleReader reader = Stele.builder().home(home).openReadOnly()) {
                assertThat(reader.model()).isEqualTo(stele.model());
                assertThat(reader.model().turn(result.turnId())).isNotNull();
            }
            assertThat(stele.run(result.threadId(), "Again.").isCompleted()).isTrue();
        }
    }

    @Test
    void a_home_inside_of_its_project_is_in_no_checkpoint() throws Exception {
        SteleHome inside = new SteleHome(project.directory().resolve(".stele"));
        try (Stele stele = Stele.builder().home(inside).approvals(Standard.ALL).open()) {
            TurnResult result =
                    stele.run(project.directory(), playing("{\"say\": \"Hello.\"}"), "Say it.");

            assertThat(project.tree(ref(result.after())))
                    .containsOnlyKeys(".gitignore", "tracked.txt");
        }
        assertThat(project.git("status", "--porcelain")).isEmpty();
    }

    private ThreadId thread(Stele stele, String agent) {
        var command =
                new CreateThread(
                        Ids.thread(),
                        stele.project(project.directory()),
                        "Thread",
                        agent,
                        Instant.now());
        stele.execute(command);
        return command.threadId();
    }

    private static <T> List<T> events(Stele stele, Class<T> type) throws InterruptedException {
        var found = new ArrayList<T>();
        try (var facts = stele.subscribe(0)) {
            while (facts.position() < stele.model().sequence()) {
                facts.next(LONG).stream()
                        .map(StoredEvent::event)
                        .filter(type::isInstance)
                        .map(type::cast)
                        .forEach(found::add);
            }
        }
        return found;
    }
}
