package dev.stele.app.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agents of the proof: the version that is tried, and how each is shown its model. */
enum LiveAgent {
    OPENCODE("opencode-ai", "1.18.33", "opencode", true) {
        @Override
        Map<String, String> configured(Path home, URI model) throws IOException {
            write(
                    home.resolve(".config/opencode/opencode.json"),
                    """
                    {"autoupdate": false, "share": "disabled",
                     "model": "scripted/scripted", "small_model": "scripted/scripted",
                     "provider": {"scripted": {
                       "npm": "@ai-sdk/openai-compatible", "name": "Scripted",
                       "options": {"baseURL": "%s/v1", "apiKey": "{env:SCRIPTED_API_KEY}"},
                       "models": {"scripted": {
                         "name": "Scripted", "reasoning": true, "tool_call": true,
                         "limit": {"context": 100000, "output": 8000}}}}}}
                    """
                            .formatted(model));
            return Map.of(
                    "SCRIPTED_API_KEY",
                    KEY,
                    "OPENCODE_DISABLE_AUTOUPDATE",
                    "1",
                    "OPENCODE_DISABLE_MODELS_FETCH",
                    "1",
                    "OPENCODE_DISABLE_LSP_DOWNLOAD",
                    "1");
        }
    },
    GEMINI("@google/gemini-cli", "0.61.0", "gemini", true) {
        @Override
        Map<String, String> configured(Path home, URI model) throws IOException {
            write(
                    home.resolve(".gemini/settings.json"),
                    """
                    {"security": {"auth": {"selectedType": "gemini-api-key"},
                                  "folderTrust": {"enabled": false}},
                     "general": {"enableAutoUpdate": false, "maxAttempts": 2},
                     "privacy": {"usageStatisticsEnabled": false},
                     "telemetry": {"enabled": false},
                     "model": {"name": "gemini-2.5-flash"}}
                    """);
            return Map.of(
                    "GEMINI_API_KEY",
                    KEY,
                    "GOOGLE_GEMINI_BASE_URL",
                    model.toString(),
                    "GEMINI_CLI_TRUST_WORKSPACE",
                    "true");
        }
    },
    CODEX("@openai/codex", "0.169.0", "codex", true) {
        @Override
        Map<String, String> configured(Path home, URI model) throws IOException {
            return codex(home, model);
        }
    },
    CODEX_ACP("@agentclientprotocol/codex-acp", "2.6.0", "codex-acp", false) {
        @Override
        Map<String, String> configured(Path home, URI model) throws IOException {
            return codex(home, model);
        }
    },
    CLAUDE("@agentclientprotocol/claude-agent-acp", "0.101.0", "claude", false) {
        @Override
        Map<String, String> configured(Path home, URI model) {
            return Map.of(
                    "ANTHROPIC_BASE_URL",
                    model.toString(),
                    "ANTHROPIC_API_KEY",
                    KEY,
                    "ANTHROPIC_MODEL",
                    "claude-sonnet-4-5",
                    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                    "1",
                    "DISABLE_AUTOUPDATER",
                    "1",
                    "CLAUDE_CODE_MAX_RETRIES",
                    "2");
        }
    },
    QWEN("@qwen-code/qwen-code", "0.24.4", "qwen", false) {
        @Override
        Map<String, String> configured(Path home, URI model) throws IOException {
            write(
                    home.resolve(".qwen/settings.json"),
                    "{\"security\": {\"auth\": {\"selectedType\": \"openai\"}}}");
            return Map.of(
                    "OPENAI_API_KEY",
                    KEY,
                    "OPENAI_BASE_URL",
                    model + "/v1",
                    "OPENAI_MODEL",
                    "scripted");
        }
    },
    COPILOT("@github/copilot", "1.0.102", "copilot", false) {
        @Override
        Map<String, String> configured(Path home, URI model) {
            return Map.of(
                    "COPILOT_OFFLINE",
                    "true",
                    "COPILOT_PROVIDER_BASE_URL",
                    model + "/v1",
                    "COPILOT_PROVIDER_API_KEY",
                    KEY,
                    "COPILOT_MODEL",
                    "scripted");
        }
    };

    /** What must be seen nowhere. It looks like no key that is known by its looks. */
    static final String KEY = "scripted-key-5f1e7c0d9b";

    private final String npmPackage;
    private final String version;
    private final String steleName;
    private final boolean usual;

    LiveAgent(String npmPackage, String version, String steleName, boolean usual) {
        this.npmPackage = npmPackage;
        this.version = version;
        this.steleName = steleName;
        this.usual = usual;
    }

    /** The one of a name, or null. */
    static @Nullable LiveAgent named(String name) {
        for (LiveAgent agent : values()) {
            if (agent.steleName.equals(name.toLowerCase(Locale.ROOT))) {
                return agent;
            }
        }
        return null;
    }

    /** All names. */
    static List<String> names() {
        return Stream.of(values()).map(LiveAgent::steleName).toList();
    }

    String npmPackage() {
        return npmPackage;
    }

    String version() {
        return version;
    }

    /** What Stele calls it. */
    String steleName() {
        return steleName;
    }

    /** Whether it is tried when no agent is named. */
    boolean isUsual() {
        return usual;
    }

    /**
     * Writes its settings.
     *
     * @param home an empty directory, its user's home
     * @param model where its model is
     * @return what else it needs in its environment
     */
    abstract Map<String, String> configured(Path home, URI model) throws IOException;

    /**
     * What it finds in its environment.
     *
     * @param home an empty directory, its user's home
     * @param model where its model is
     */
    Map<String, String> environment(Path home, URI model) throws IOException {
        var environment = new HashMap<>(configured(home, model));
        environment.put("HOME", home.toString());
        return environment;
    }

    private static Map<String, String> codex(Path home, URI model) throws IOException {
        write(
                home.resolve(".codex/config.toml"),
                """
                model = "gpt-5.5"
                model_provider = "scripted"
                [analytics]
                enabled = false
                [model_providers.scripted]
                name = "scripted"
                base_url = "%s/v1"
                env_key = "SCRIPTED_API_KEY"
                wire_api = "responses"
                request_max_retries = 1
                stream_max_retries = 1
                """
                        .formatted(model));
        return Map.of("SCRIPTED_API_KEY", KEY);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
