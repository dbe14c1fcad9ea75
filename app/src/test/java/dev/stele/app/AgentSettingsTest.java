package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.config.SteleHome;
import dev.stele.app.support.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The settings of agents that show only while Stele goes on: how long they rest, how many run. */
@Timeout(180)
class AgentSettingsTest {
    /** Answers what takes a turn, and counts on the ids that Stele gives its requests. */
    private static final String AGENT =
            """
            n=2
            while read -r line; do
              case $line in
                *'"initialize"'*) echo '{"id":0,"result":{"protocolVersion":1}}';;
                *'"session/new"'*) echo '{"id":1,"result":{"sessionId":"s"}}';;
                *'"session/prompt"'*) echo '{"id":'$n',"result":{"stopReason":"end_turn"}}'
                  n=$((n + 1));;
              esac
            done
            """;

    @TempDir private Path place;
    private Path home = Path.of(".");
    private String agent = "";

    @BeforeEach
    void an_agent() throws IOException {
        home = Files.createDirectories(place.resolve("home"));
        agent = "sh '%s'".formatted(Files.writeString(place.resolve("agent.sh"), AGENT));
    }

    private Stele open(String settings) throws IOException {
        Files.writeString(home.resolve("config.json"), settings);
        return Stele.builder().home(new SteleHome(home)).open();
    }

    private void turn(Stele stele, String project) throws Exception {
        Path directory = Files.createDirectories(place.resolve(project));
        assertThat(stele.run(directory, agent, "Go.").isCompleted()).isTrue();
    }

    private long running() {
        try (Stream<Path> agents = Files.list(new SteleHome(home).agents())) {
            return agents.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_agent_rests_for_as_long_as_it_is_set() throws Exception {
        try (Stele stele = open("{\"agentIdleSeconds\": 1}")) {
            turn(stele, "a");
            Waiting.until("the end of the agent", () -> running() == 0);
        }
    }

    @Test
    void an_agent_that_rests_gives_up_its_place_when_as_many_run_as_is_set() throws Exception {
        try (Stele stele = open("{\"mostAgents\": 2}")) {
            turn(stele, "a");
            turn(stele, "b");
            assertThat(running()).isEqualTo(2);
            turn(stele, "c");
            assertThat(running()).isLessThanOrEqualTo(2);
        }
        assertThat(running()).isZero();
    }
}
