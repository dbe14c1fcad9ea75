package dev.stele.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.provider.ProviderConfig.Bounds;
import dev.stele.provider.ProviderConfig.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteleConfigTest {
    @TempDir private Path folder;

    private SteleConfig read(String json) throws IOException {
        return SteleConfig.read(Files.writeString(folder.resolve("config.json"), json));
    }

    @Test
    void without_a_file_nothing_is_set() {
        assertThat(SteleConfig.read(folder.resolve("config.json"))).isEqualTo(SteleConfig.EMPTY);
    }

    @Test
    void agents_have_names_and_command_lines() throws IOException {
        assertThat(
                        read(
                                """
                                {"agents": {"a": "npx a --acp", "b": "b"}, "defaultAgent": "a"}
                                """))
                .isEqualTo(
                        new SteleConfig(
                                Map.of("a", "npx a --acp", "b", "b"),
                                Map.of(),
                                "a",
                                Bounds.usual(),
                                Set.of(),
                                null,
                                CheckpointSettings.USUAL));
        assertThat(read("{}")).isEqualTo(SteleConfig.EMPTY);
    }

    @Test
    void ways_to_log_in_have_the_names_of_agents() throws IOException {
        assertThat(read("{\"logins\": {\"gemini\": \"gemini-api-key\"}}").logins())
                .containsExactly(Map.entry("gemini", "gemini-api-key"));
    }

    @Test
    void limits_of_agents_are_in_seconds() throws IOException {
        assertThat(
                        read("""
                        {"agentStartSeconds": 5, "agentSilenceSeconds": 70,
                          "agentCancelSeconds": 2, "agentIdleSeconds": 900, "mostAgents": 3}
                        """)
                                .agentLimits())
                .isEqualTo(
                        new Bounds(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(70),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(900),
                                3,
                                Bounds.usual().maxMessageBytes()));
        assertThat(read("{\"mostAgents\": 3}").agentLimits().idle())
                .isEqualTo(Bounds.usual().idle());
    }

    @Test
    void what_agents_may_ask_for_is_named() throws IOException {
        assertThat(read("{}").offers()).isEmpty();
        assertThat(read("{\"offers\": []}").offers()).isEmpty();
        assertThat(read("{\"offers\": [\"readFiles\", \"runCommands\"]}").offers())
                .containsExactlyInAnyOrder(Offer.READ_FILES, Offer.RUN_COMMANDS);
        assertThat(read("{\"offers\": [\"writeFiles\"]}").offers())
                .containsExactly(Offer.WRITE_FILES);
    }

    @Test
    void a_lease_is_in_seconds() throws IOException {
        assertThat(read("{\"leaseSeconds\": 3}").lease()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void the_limits_of_checkpoints_and_their_ages_can_be_set() throws IOException {
        assertThat(
                        read("""
                        {"checkpoints": {"largestUntrackedFileBytes": 5000000000, "mostFiles": 7,
                          "mostBytes": 8, "keepAllDays": 1, "keepDailyDays": 2, "thin": false,
                          "watch": false}}
                        """)
                                .checkpoints())
                .isEqualTo(
                        new CheckpointSettings(
                                5_000_000_000L, 7, 8, new ThinningPolicy(1, 2), false, false));
    }

    @Test
    void days_of_which_all_are_kept_are_never_more_than_those_of_which_some_are()
            throws IOException {
        assertThat(read("{\"checkpoints\": {\"keepAllDays\": 500}}").checkpoints().policy())
                .isEqualTo(new ThinningPolicy(500, 500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                          | no JSON object
                    {"agent": "a"}              | nothing is called 'agent'
                    {"agents": []}              | agents is no JSON object
                    {"agents": {"a": 1}}        | agents.a is no text
                    {"agents": {"a": " "}}      | agents.a is no text
                    {"agents": {" ": "a"}}      | blank name
                    {"defaultAgent": null}      | defaultAgent is no text
                    {"agentStartSeconds": 0}    | agentStartSeconds is no whole number
                    {"leaseSeconds": 0.5}       | leaseSeconds is no whole number
                    {"agentCancelSeconds": "1"} | agentCancelSeconds is no whole number
                    {"agentIdleSeconds": -1}    | agentIdleSeconds is no whole number of seconds
                    {"agentIdleSeconds": null}  | agentIdleSeconds is no whole number of seconds
                    {"mostAgents": 0}           | mostAgents is no whole number from 1 on
                    {"mostAgents": 9999999999}  | mostAgents is no whole number from 1 on
                    {"mostAgents": "9"}         | mostAgents is no whole number from 1 on
                    {"offers": "readFiles"}     | offers is no JSON array of readFiles, writeFiles
                    {"offers": ["read"]}        | offers has "read"; there are readFiles, writeFiles
                    {"offers": [7]}             | offers has 7; there are readFiles
                    {"offers": [null]}          | offers has null; there are readFiles
                    {"offers": null}            | offers is no JSON array
                    {"checkpoints": 7}          | checkpoints is no JSON object
                    {"checkpoints": {"a": 7}}   | nothing is called 'checkpoints.a'
                    {"checkpoints": {"thin": 7}}| checkpoints.thin is neither true nor false
                    {"checkpoints": {"mostFiles": 0}} | checkpoints.mostFiles is no whole number
                    {"checkpoints": {"mostFiles": 3000000000}} | checkpoints.mostFiles is no whole
                    {"checkpoints": {"mostBytes": 1e3}} | checkpoints.mostBytes is no whole number
                    {"checkpoints": {"keepAllDays": 9, "keepDailyDays": 8}} | less than keepAllDays
                    {"defaultAgent": "a"        | no JSON at line 1, column
                    {"agents": {}, "agents": {}}| no JSON at line 1, column
                    """)
    void a_slip_is_told_with_its_place(String json, String why) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(folder.resolve("config.json").toString())
                .hasMessageContaining(why);
    }

    @Test
    void a_file_that_cannot_be_read_is_told() throws IOException {
        Files.createDirectory(folder.resolve("config.json"));
        assertThatThrownBy(() -> SteleConfig.read(folder.resolve("config.json")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("cannot be read");
    }
}
