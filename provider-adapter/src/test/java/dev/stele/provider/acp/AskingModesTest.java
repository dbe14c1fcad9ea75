package dev.stele.provider.acp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.dialogue.Dialogue;
import dev.stele.provider.rpc.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AskingModesTest {

    private static JsonNode newSession(String recording) {
        return Dialogue.of(recording).lines().stream()
                .map(Dialogue.Line::json)
                .map(json -> json.path("result"))
                .filter(result -> Json.text(result, "sessionId") != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_agent_that_begins_by_approving_its_own_actions_is_told_to_ask() {
        assertThat(AskingModes.insteadOf(newSession("codex-acp-2.6.0-text")))
                .isEqualTo(new AskingModes.Change("session/set_mode", null, "read-only"));
    }

    @Test
    void an_agent_that_begins_by_asking_is_left_as_it_is() {
        assertThat(AskingModes.insteadOf(newSession("gemini-0.61.0-text"))).isNull();
        assertThat(AskingModes.insteadOf(newSession("claude-agent-acp-0.100.0-text"))).isNull();
        assertThat(AskingModes.insteadOf(newSession("opencode-1.18.33-text"))).isNull();
        assertThat(AskingModes.insteadOf(newSession("acp-example-1.9.0-approved"))).isNull();
    }

    @Test
    void a_mode_that_is_not_offered_is_not_asked_for() throws Json.NotJson {
        assertThat(
                        AskingModes.insteadOf(
                                Json.parse(
                                        "{\"modes\":{\"currentModeId\":\"agent\","
                                                + "\"availableModes\":[]}}")))
                .isNull();
    }
}
