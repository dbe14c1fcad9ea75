package dev.stele.provider.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agents that Stele knows by name: how each is started so that it asks before it acts. */
public enum KnownAgent {
    /** Anthropic's Claude Code, through its adapter. */
    CLAUDE("claude", "@agentclientprotocol/claude-agent-acp", "claude-agent-acp"),
    /** OpenAI's Codex, by its own protocol. */
    CODEX("codex", "@openai/codex", "codex app-server"),
    /** OpenAI's Codex, through its adapter. */
    CODEX_ACP("codex-acp", "@agentclientprotocol/codex-acp", "codex-acp"),
    /** Google's Gemini CLI. */
    GEMINI("gemini", "@google/gemini-cli", "gemini --acp"),
    /** opencode; without a setting it would not ask. */
    OPENCODE("opencode", "opencode-ai", "opencode acp") {
        @Override
        Map<String, String> environment() {
            return Map.of("OPENCODE_PERMISSION", "{\"edit\":\"ask\",\"bash\":\"ask\"}");
        }
    },
    /** Qwen Code. */
    QWEN("qwen", "@qwen-code/qwen-code", "qwen --acp"),
    /** GitHub Copilot CLI. */
    COPILOT("copilot", "@github/copilot", "copilot --acp"),
    /** Goose, which is no package of npm. */
    GOOSE("goose", null, "goose acp");

    private final String agentName;
    private final @Nullable String npmPackage;
    private final String commandLine;

    KnownAgent(String agentName, @Nullable String npmPackage, String commandLine) {
        this.agentName = agentName;
        this.npmPackage = npmPackage;
        this.commandLine = commandLine;
    }

    /** The name that threads use. */
    public String agentName() {
        return agentName;
    }

    /** Its package of npm, or null when it is none. */
    public @Nullable String npmPackage() {
        return npmPackage;
    }

    /** What is run, as a command line. */
    public String commandLine() {
        return commandLine;
    }

    /** How it is installed, in words for people, or null where that is not known. */
    public @Nullable String install() {
        return npmPackage == null ? null : "npm install -g " + npmPackage;
    }

    /** Its program's name. */
    public String program() {
        return words().getFirst();
    }

    private List<String> words() {
        return List.of(commandLine.split(" ", -1));
    }

    /** What is run. */
    public AgentCommand command() {
        return new AgentCommand("'" + agentName + "'", words(), environment());
    }

    /** What is put into its environment where that says nothing else. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** The agent of a name, or null. */
    public static @Nullable KnownAgent named(String name) {
        for (KnownAgent agent : values()) {
            if (agent.agentName.equals(name)) {
                return agent;
            }
        }
        return null;
    }

    /** The agent whose program has this name, or null. */
    static @Nullable KnownAgent ofProgram(String program) {
        for (KnownAgent agent : values()) {
            if (agent.program().equals(program)) {
                return agent;
            }
        }
        return null;
    }

    /** What a command needs in its environment when one of its words is an agent that is known. */
    static Map<String, String> environmentOf(List<String> words) {
        for (String word : words) {
            for (KnownAgent agent : values()) {
                if (agent.isMeantBy(word)) {
                    return agent.environment();
                }
            }
        }
        return Map.of();
    }

    /** Whether it is its program, with or without a path, or its package, as npx takes it. */
    private boolean isMeantBy(String word) {
        return (npmPackage != null && (word + "@").startsWith(npmPackage + "@"))
                || word.substring(word.lastIndexOf('/') + 1).equals(program());
    }
}
