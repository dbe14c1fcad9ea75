package dev.stele.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.TurnResult;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario, and what Stele promises of it whoever the agent is. What agents do in ways of their
 * own is told in the words that it comes back with.
 */
enum Act {
    TEXT("text") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ASK);
            TurnResult result = talk.play("text");
            assertThat(talk.words(result.turnId())).isEqualTo(HELLO);
            assertThat(result.text()).isEqualTo(HELLO);
            return completed(result);
        }
    },
    COMMAND_LINE("any command line") {
        @Override
        String play(Stage stage) throws Exception {
            String line = CommandLines.of(stage.agent());
            Talk talk = stage.talk(id(), line, editsRejected());
            TurnResult result = talk.play("edit");
            assertThat(talk.file("README.md")).contains("old line");
            assertThat(stage.questions(result.turnId())).isPositive();
            return ending(result);
        }
    },
    THINKING("thinking") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ASK);
            TurnResult result = talk.play("thinking");
            assertThat(talk.words(result.turnId())).isEqualTo("The answer is 42.");
            assertThat(talk.thoughts(result.turnId())).contains("think about");
            return completed(result);
        }
    },
    EDIT_APPROVED("approved edit") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            TurnResult result = talk.play("edit");
            assertThat(talk.file("README.md")).isEqualTo("# A project\n\nnew line\n");
            assertThat(stage.questions(result.turnId())).as("questions").isPositive();
            assertThat(talk.results(result.turnId()))
                    .extracting(ToolResult::outcome)
                    .containsOnly(ToolOutcome.SUCCEEDED);
            assertThat(tree(talk, result)).contains("new line");
            return completed(result);
        }
    },
    EDIT_REJECTED("rejected edit") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), editsRejected());
            TurnResult result = talk.play("edit");
            assertThat(talk.file("README.md")).contains("old line");
            assertThat(talk.results(result.turnId()))
                    .extracting(ToolResult::outcome)
                    .endsWith(ToolOutcome.REJECTED);
            goesOn(talk);
            return ending(result);
        }
    },
    COMMAND_FAILS("failing command") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            TurnResult result = talk.play("failing-command");
            ToolResult last = talk.results(result.turnId()).getLast();
            return "%s, the call %s, exit code %s"
                    .formatted(
                            ending(result),
                            word(last.outcome()),
                            last.exitCode() == null ? "not told" : last.exitCode());
        }
    },
    CANCEL_STREAM("cancel while it streams") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            TurnId turn = talk.begin("slow");
            talk.until("it streams", turn, () -> talk.words(turn).contains("word5 "));
            talk.interrupt();
            TurnResult result = talk.end(turn);
            assertThat(result.state()).isInstanceOf(TurnState.Interrupted.class);
            assertThat(talk.words(turn)).startsWith("word0 word1 word2 word3 word4 word5 ");
            goesOn(talk);
            return ending(result);
        }
    },
    CANCEL_QUESTION("cancel while it asks") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ASK);
            TurnId turn = talk.begin("edit");
            talk.until("it asks", turn, () -> talk.isAsking());
            talk.interrupt();
            TurnResult result = talk.end(turn);
            assertThat(result.state()).isInstanceOf(TurnState.Interrupted.class);
            assertThat(talk.file("README.md")).contains("old line");
            goesOn(talk);
            return ending(result);
        }
    },
    CANCEL_COMMAND("cancel while a command runs") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            TurnId turn = talk.begin("long-command");
            talk.until("the command runs", turn, () -> !talk.file("beat.txt").isEmpty());
            talk.interrupt();
            TurnResult result = talk.end(turn);
            assertThat(result.state()).isInstanceOf(TurnState.Interrupted.class);
            assertThat(talk.results(turn).getLast().outcome()).isEqualTo(ToolOutcome.CANCELLED);
            goesOn(talk);
            if (isStill(talk)) {
                return ending(result);
            }
            stage.reopen(); // that ends the agent, with all that it started
            assertThat(isStill(talk)).as("the command is over when the agent is").isTrue();
            return ending(result) + ", a child of the command ran on until the agent was ended";
        }
    },
    ERROR_400("error 400") {
        @Override
        String play(Stage stage) throws Exception {
            return refused(stage, "error-400");
        }
    },
    ERROR_401("error 401") {
        @Override
        String play(Stage stage) throws Exception {
            return refused(stage, "error-401");
        }
    },
    ERROR_429("error 429") {
        @Override
        String play(Stage stage) throws Exception {
            return refused(stage, "error-429");
        }
    },
    ERROR_500("error 500") {
        @Override
        String play(Stage stage) throws Exception {
            return refused(stage, "error-500");
        }
    },
    DROPPED_ONCE("connection dropped once") {
        @Override
        String play(Stage stage) throws Exception {
            return dropped(stage, "drop-once");
        }
    },
    DROPPED("connection dropped each time") {
        @Override
        String play(Stage stage) throws Exception {
            return dropped(stage, "drop");
        }
    },
    ENVIRONMENT("a command prints the key") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            TurnResult result = talk.play("environment");
            assertThat(talk.content(result.turnId()).toString().contains(LiveAgent.KEY))
                    .as("whether the key is in the transcript")
                    .isFalse();
            return ending(result);
        }
    },
    REOPENED("resume after a restart") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            talk.play("text WORD=marble");
            String session = talk.thread().session().sessionId();
            stage.reopen();
            return recalls(stage, session);
        }
    },
    /** The process is killed after this; {@link #KILLED} goes on. */
    KILL("until the kill") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.talk(id(), Standard.ALL);
            talk.play("text WORD=marble");
            TurnId turn = talk.begin("slow");
            talk.until("it streams", turn, () -> talk.words(turn).contains("word5 "));
            return Objects.requireNonNull(talk.thread().session().sessionId());
        }
    },
    KILLED("resume after a kill") {
        @Override
        String play(Stage stage) throws Exception {
            Talk talk = stage.again(KILL.id());
            TurnId broken = talk.thread().turns().last();
            TurnState state = Objects.requireNonNull(talk.stele().model().turn(broken)).state();
            assertThat(state.isLive()).isFalse();
            assertThat(talk.words(broken)).startsWith("word0 word1 word2 word3 word4 word5 ");
            TurnResult result = talk.play("recall");
            assertThat(talk.words(result.turnId())).isEqualTo("The word is marble.");
            return "the broken turn %s; then %s".formatted(word(state), completed(result));
        }
    };

    private static final int LONGEST = 40;
    private static final String HELLO = "Hello from the scripted model.";

    private final String title;

    Act(String title) {
        this.title = title;
    }

    /** The names of those that can be asked for. */
    static List<String> names() {
        return Stream.of(values()).filter(act -> act != KILL).map(Enum::name).toList();
    }

    /** What it is called in the table. */
    String title() {
        return title;
    }

    /** Its name where it has to be an id. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Runs it.
     *
     * @return how this agent does it
     * @throws AssertionError when a promise is broken
     */
    abstract String play(Stage stage) throws Exception;

    /** Everything but edits: agents read before they write. */
    private static ApprovalPolicy editsRejected() {
        return ApprovalPolicy.of(
                "no edits",
                question ->
                        question.kind() == ToolKind.READ
                                ? ApprovalPolicy.Verdict.APPROVE
                                : ApprovalPolicy.Verdict.REJECT);
    }

    /** Whether the command that tells that it is alive does so no more. */
    private static boolean isStill(Talk talk) {
        String beat = talk.file("beat.txt");
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        return talk.file("beat.txt").equals(beat);
    }

    private static String tree(Talk talk, TurnResult result) {
        assertThat(result.after().state()).isInstanceOf(CheckpointState.Ready.class);
        String ref = ((CheckpointState.Ready) result.after().state()).gitRef();
        return Objects.requireNonNull(talk.project().tree(ref).get("README.md"));
    }

    /** A turn whose model answers with an error of HTTP. */
    private static String refused(Stage stage, String scenario) throws Exception {
        Talk talk = stage.talk(scenario, Standard.ALL);
        TurnResult result = talk.playPatiently(scenario);
        assertThat(talk.content(result.turnId()).toString()).doesNotContain(LiveAgent.KEY);
        assertThat(result.state().toString()).doesNotContain(LiveAgent.KEY);
        String said = talk.words(result.turnId());
        goesOn(talk);
        return ending(result) + (said.isEmpty() ? "" : ", it said \"" + shortened(said) + '"');
    }

    /** A turn whose connection breaks. The pieces before that were told, and none is lost. */
    private static String dropped(Stage stage, String scenario) throws Exception {
        Talk talk = stage.talk(scenario, Standard.ALL);
        TurnResult result = talk.playPatiently(scenario);
        String words = talk.words(result.turnId());
        assertThat(words).startsWith("Half of"); // a broken connection may take the rest along
        goesOn(talk);
        return "%s, it said \"%s\"".formatted(ending(result), shortened(words));
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    private static String recalls(Stage stage, @Nullable String session) throws Exception {
        Talk talk = stage.again(REOPENED.id());
        TurnResult result = talk.play("recall");
        assertThat(talk.words(result.turnId())).isEqualTo("The word is marble.");
        boolean same = Objects.equals(session, talk.thread().session().sessionId());
        return completed(result) + (same ? ", the same session" : ", a new session");
    }

    /** The thread takes another prompt. */
    private static void goesOn(Talk talk) throws InterruptedException {
        TurnResult result = talk.play("text");
        assertThat(talk.words(result.turnId())).as("the next prompt").isEqualTo(HELLO);
        completed(result);
    }

    private static String completed(TurnResult result) {
        assertThat(result.state()).isInstanceOf(TurnState.Completed.class);
        return ending(result);
    }

    private static String ending(TurnResult result) {
        return word(result.state());
    }

    private static String word(TurnState state) {
        return switch (state) {
            case TurnState.Open() -> "open";
            case TurnState.Draining _ -> "draining";
            case TurnState.Interrupted _ -> "interrupted";
            case TurnState.Completed(var reason, var cause, _) ->
                    reason == StopReason.END_TURN && cause == null
                            ? "completed"
                            : "completed (%s%s)"
                                    .formatted(word(reason), cause == null ? "" : ", " + cause);
            case TurnState.Failed(var error, _) -> "failed (" + word(error) + ")";
        };
    }

    private static String word(ProviderError error) {
        return word(error.kind())
                + (error.httpStatus() == null ? "" : ", " + error.httpStatus())
                + (error.retryable() ? ", retryable" : "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
