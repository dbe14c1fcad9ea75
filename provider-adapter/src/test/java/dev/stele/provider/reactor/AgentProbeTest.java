package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stele.domain.port.AgentDirectory.Answer;
import dev.stele.domain.port.AgentDirectory.Listing;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.session.ClientServices;
import dev.stele.provider.session.WireTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents of the shell that are asked whether they can be used; none is left running. */
@Timeout(180)
class AgentProbeTest {
    @TempDir Path home;

    private AgentProbe probe(Map<String, String> agents, Duration start) {
        Duration soon = ReactorRig.SOON;
        var catalogue = new AgentCatalogue(agents, Map.of());
        return new AgentProbe(
                catalogue,
                new Agency(
                        catalogue,
                        new AgentLauncher(home.resolve("agents")),
                        new Limits(start, soon, soon, soon, 100, 1 << 20),
                        (_, _) -> ClientServices.NONE,
                        () -> WireTap.NONE));
    }

    private Answer ask(String commandLine, Duration start) throws InterruptedException {
        Answer answer = probe(Map.of("a", commandLine), start).ask("a");
        assertThat(home.resolve("agents"))
                .satisfiesAnyOf(
                        records -> assertThat(records).doesNotExist(),
                        records -> assertThat(records).isEmptyDirectory());
        return answer;
    }

    private Answer ask(String commandLine) throws InterruptedException {
        return ask(commandLine, ReactorRig.SOON);
    }

    private String answering(String initialized, String opened) throws IOException {
        Path script =
                Files.writeString(
                        home.resolve("agent.sh"),
                        """
                        pwd > '%s'
                        while read -r line; do
                          case $line in
                            *'"initialize"'*) echo '{"id":0,%s}';;
                            *'"session/new"'*) echo '{"id":1,%s}';;
                          esac
                        done
                        """
                                .formatted(home.resolve("place"), initialized, opened));
        return "sh '%s'".formatted(script);
    }

    @Test
    void an_agent_that_opens_a_session_is_ready_and_its_directory_is_gone() throws Exception {
        String agent =
                answering(
                        "\"result\":{\"protocolVersion\":1,\"agentInfo\":{\"version\":\"1.2\"}}",
                        "\"result\":{\"sessionId\":\"s\"}");

        assertThat(ask(agent)).isEqualTo(new Answer.Ready("1.2"));
        assertThat(Path.of(Files.readString(home.resolve("place")).strip())).doesNotExist();
    }

    @Test
    void an_agent_need_not_tell_its_version() throws Exception {
        String agent =
                answering("\"result\":{\"protocolVersion\":1}", "\"result\":{\"sessionId\":\"s\"}");

        assertThat(ask(agent)).isEqualTo(new Answer.Ready(null));
    }

    @Test
    void an_agent_of_another_protocol_or_without_a_session_cannot_be_used() throws Exception {
        assertThat(ask(answering("\"result\":{\"protocolVersion\":2}", "\"result\":{}")))
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        answer -> assertThat(answer.message()).contains("speaks version 2"));
        assertThat(ask(answering("\"result\":{\"protocolVersion\":1}", "\"result\":{}")))
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        answer -> assertThat(answer.message()).contains("opened no session"));
    }

    @Test
    void a_missing_login_is_told_as_such_and_never_with_a_key() throws Exception {
        String key = "sk-abcdefghijklmnop0123456789";
        String refusal =
                "\"error\":{\"code\":-32000,\"message\":\"key %s is no more\"}".formatted(key);

        assertThat(ask(answering("\"result\":{\"protocolVersion\":1}", refusal)))
                .isInstanceOfSatisfying(
                        Answer.LoginMissing.class,
                        answer ->
                                assertThat(answer.message())
                                        .contains("wants a login", "is no more")
                                        .doesNotContain(key));
    }

    @Test
    void an_agent_that_says_nothing_is_ended_after_the_limit() throws Exception {
        assertThat(ask("sh -c 'echo $$ > %s/pid; sleep 1000'".formatted(home), SHORT))
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        answer -> assertThat(answer.message()).contains("did not answer"));
        String pid = Files.readString(home.resolve("pid")).strip();
        assertThat(ReactorRig.isGone(Long.parseLong(pid))).isTrue();
    }

    private static final Duration SHORT = Duration.ofSeconds(2);

    @Test
    void what_cannot_be_started_is_unusable_and_shown_as_not_installed() throws Exception {
        AgentProbe probe =
                probe(Map.of("a", "no-such-program-here", "b", "'open"), ReactorRig.SOON);

        assertThat(probe.ask("a")).isInstanceOf(Answer.Unusable.class);
        assertThat(probe.ask("b"))
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        answer -> assertThat(answer.message()).contains("leaves a quote open"));
        assertThat(probe.known().stream().limit(2))
                .extracting(Listing::name, Listing::installed)
                .containsExactly(tuple("a", false), tuple("b", false));
    }
}
