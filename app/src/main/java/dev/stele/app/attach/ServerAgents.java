package dev.stele.app.attach;

import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.AgentDirectory.Answer.LoginMissing;
import dev.stele.domain.port.AgentDirectory.Answer.Ready;
import dev.stele.domain.port.AgentDirectory.Answer.Unusable;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agents that the server of a home can start, which starts them in its own environment.
 *
 * @param server the server
 */
record ServerAgents(ServerClient server) implements AgentDirectory {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public List<Listing> known() {
        return server.get("/api/agents")
                .valueStream()
                .map(agent ->
                        new Listing(
                                agent.path("name").asString(),
                                agent.path("commandLine").asString(),
                                agent.path("installed").asBoolean(),
                                agent.path("install").stringValue(null)))
                .toList();
    }

    @Override
    public Answer ask(String name) throws InterruptedException {
        JsonNode told = server.post("/api/agents/ask", JSON.createObjectNode().put("agent", name));
        String message = told.path("message").asString("");
        return switch (told.path("state").asString("")) {
            case "ready" -> new Ready(told.path("version").stringValue(null));
            case "login_missing" -> new LoginMissing(message);
            default -> new Unusable(message);
        };
    }
}
