package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.TurnState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are played as processes, through everything between a pipe and the log. */
@Timeout(180)
class ReplayedAgentTest {
    @TempDir Path home;
    private ReactorRig rig;

    @BeforeEach
    void start() {
        rig = new ReactorRig(home, ReactorRig.patient());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ThreadId thread(String recording) throws IOException {
        String resource = "/dev/stele/provider/wire/" + recording + ".jsonl";
        Path file = home.resolve("recording.jsonl");
        try (InputStream in = ReplayedAgentTest.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), file);
        }
        return rig.thread("t", "replay:" + file);
    }

    @Test
    void an_approved_edit_is_played_to_its_end() throws Exception {
        ThreadId thread = thread("gemini-0.61.0-tool-approved");
        TurnId turn = rig.prompt(thread);
        rig.approve(thread, rig.awaitQuestion(turn));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("I will write the file.Done, the file was handled.");
    }

    @Test
    void an_agent_may_speak_the_protocol_of_codex() throws Exception {
        ThreadId thread = thread("codex-appserver-0.169.0-multi-approved");
        TurnId turn = rig.prompt(thread);
        PendingAction first = rig.awaitQuestion(turn);
        rig.approve(thread, first);
        TestEngine.await(
                "the second question",
                () ->
                        !rig.turn(turn).pending().isEmpty()
                                && !rig.turn(turn).pending().head().id().equals(first.id()));
        rig.approve(thread, rig.turn(turn).pending().head());

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("Two files.Both handled.");
        assertThat(rig.sessionId(thread)).isNotNull();
    }

    @Test
    void codex_is_interrupted_and_prompted_again() throws Exception {
        ThreadId thread = thread("codex-appserver-0.169.0-cancel-stream");
        TurnId turn = rig.prompt(thread);
        rig.awaitWords(turn, "word2");
        rig.interrupt(thread);
        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);

        TurnId next = rig.prompt(thread);
        assertThat(rig.awaitEnd(next)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(next)).isEqualTo("Hello from the scripted model.");
    }

    @Test
    void a_question_of_codex_is_closed_by_an_interrupt() throws Exception {
        ThreadId thread = thread("codex-appserver-0.169.0-cancel-permission");
        TurnId turn = rig.prompt(thread);
        rig.awaitQuestion(turn);
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
    }

    @Test
    void an_agent_that_ended_in_a_turn_ends_in_it_again() throws Exception {
        assertThat(rig.failure(rig.prompt(thread("opencode-1.18.33-error-400"))))
                .startsWith("CRASH: The agent 'replay:")
                .contains("ended with exit code 0 in the middle of the turn");
    }

    @Test
    void a_recording_of_a_loaded_session_is_played_from_its_prompt_on() throws Exception {
        TurnId turn = rig.prompt(thread("codex-acp-2.6.0-load-2"));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("Hello from the scripted model.");
    }

    @Test
    void a_prompt_beyond_the_recording_is_refused_in_words() throws Exception {
        ThreadId thread = thread("gemini-0.61.0-text");
        rig.awaitEnd(rig.prompt(thread));

        assertThat(rig.failure(rig.prompt(thread))).contains("the recording is over");
    }

    @Test
    void what_is_no_recording_is_told_with_its_line() {
        rig.write("bad.jsonl", "{\"dir\":\"send\",\"msg\":{\"method\":\"a\"}}\nnothing\n");

        assertThat(rig.failure(rig.prompt(rig.thread("t", "replay:" + home.resolve("bad.jsonl")))))
                .startsWith("START: The recording ")
                .contains("cannot be played: line 2 is no {\"dir\"");
    }
}
