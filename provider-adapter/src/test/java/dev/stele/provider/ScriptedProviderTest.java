package dev.stele.provider;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.AgentProviderConformance;
import dev.stele.domain.tck.AgentProviderFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are processes keep the contract of a provider. */
class ScriptedProviderTest extends AgentProviderConformance {
    @TempDir Path folder;

    @Override
    protected AgentProviderFixture newAgentProviderFixture() {
        return new Scripts(folder);
    }

    record Scripts(Path folder) implements AgentProviderFixture {
        @Override
        public List<Reactor> open() {
            var module = new ProviderModule(ProviderConfig.usual(folder.resolve("agents")));
            return List.copyOf(
                    Guice.createInjector(module)
                            .getInstance(Key.get(new TypeLiteral<Set<Reactor>>() {})));
        }

        @Override
        public Path newDirectory() {
            try {
                return Files.createTempDirectory(folder, "project").toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String agent(Conduct conduct) {
            return switch (conduct) {
                case SPEAKS -> playing("{\"say\": \"one two three\", \"chunk\": 4}");
                case USES_A_TOOL -> playing("{\"run\": \"echo hello\", \"ask\": false}");
                case ASKS ->
                        playing(
                                """
                                {"ask": "May I?", "allowed": [{"say": "allowed"}],
                                 "rejected": [{"say": "rejected"}]}
                                """);
                case WAITS -> playing("{\"say\": \"waiting\"}, {\"waitForCancel\": true}");
                case CRASHES -> playing("{\"say\": \"so far\"}, {\"crash\": 3}");
                case CANNOT_START -> "/nowhere/no-such-agent";
            };
        }

        @Override
        public String agent(Manner manner) {
            return switch (manner) {
                case ASKS_TWICE_AT_ONCE ->
                        playing(
                                question("a")
                                        + ","
                                        + question("b")
                                        + ", {\"awaitAnswers\": true}, "
                                        + ended("a", "completed")
                                        + ","
                                        + ended("b", "failed"));
                case LEAVES_A_CALL_OPEN -> playing(update("tool_call", "'toolCallId': 'a'"));
                case SPEAKS_IN_TONGUES ->
                        playing(
                                update("telepathy", "'thought': 'x'")
                                        + ", {\"notify\": \"_aura/changed\", \"params\": {}}"
                                        + ", {\"say\": \"done\"}");
                case FAILS ->
                        playing("{\"say\": \"so far\"}, {\"fail\": \"the model is overloaded\"}");
                case THINKS_AND_PLANS ->
                        playing(
                                "{\"think\": \"hm\"}, {\"plan\": [\"look\", \"do\"]},"
                                        + " {\"say\": \"done\"}");
                case SPEAKS_IN_MESSAGES -> playing("{\"say\": \"one\"}, {\"say\": \"two\"}");
                case SPEAKS_AFTER_THE_END ->
                        playing(
                                "{\"say\": \"in time\"}, {\"answer\": {\"stopReason\":"
                                        + " \"end_turn\"}, \"after\": [{\"say\": \"too late\"}]}");
            };
        }

        private static String question(String call) {
            return """
            {"request": "session/request_permission", "wait": false, "params": {
              "toolCall": {"toolCallId": "%s", "title": "%s"},
              "options": [{"optionId": "y", "name": "Yes", "kind": "allow_once"},
                          {"optionId": "n", "name": "No", "kind": "reject_once"}]}}
            """
                    .formatted(call, call);
        }

        private static String ended(String call, String status) {
            return update(
                    "tool_call_update",
                    "'toolCallId': '%s', 'status': '%s'".formatted(call, status));
        }

        private static String update(String kind, String members) {
            return "{\"update\": {\"sessionUpdate\": \"%s\", %s}}"
                    .formatted(kind, members.replace('\'', '"'));
        }

        private String playing(String steps) {
            try {
                Path script = Files.createTempFile(folder, "script", ".json");
                Files.writeString(script, "{\"steps\": [" + steps + "]}");
                return "scripted:" + script;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
