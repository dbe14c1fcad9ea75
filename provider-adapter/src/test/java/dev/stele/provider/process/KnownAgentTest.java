package dev.stele.provider.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAgentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opencode acp",
                "/usr/local/bin/opencode acp --print-logs",
                "npx -y opencode-ai acp",
                "npx opencode-ai@1.18.33 acp"
            })
    void an_agent_asks_also_when_it_is_named_by_its_command_line(String line) throws Exception {
        assertThat(AgentCommand.of(line).environment())
                .isEqualTo(KnownAgent.OPENCODE.command().environment())
                .containsKey("OPENCODE_PERMISSION");
    }

    @Test
    void other_agents_get_nothing_that_is_not_theirs() throws Exception {
        assertThat(AgentCommand.of("./my-agent --acp").environment()).isEmpty();
        assertThat(AgentCommand.of("gemini --acp").environment()).isEmpty();
        assertThat(AgentCommand.of("opencode-air acp").environment()).isEmpty();
    }
}
