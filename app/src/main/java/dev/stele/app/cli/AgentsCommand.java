package dev.stele.app.cli;

import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.AgentDirectory.Answer;
import dev.stele.domain.port.AgentDirectory.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;

/** {@code stele agents}: which agents are here, and whether they can be prompted. */
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows which agents are here, and how to install the others.",
            "Those that are installed are asked for their version, and whether somebody is logged"
                    + " in."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele agents",
            "  stele run --agent gemini \"Explain this project.\"",
            "  stele run --agent \"npx @google/gemini-cli --acp\" \"Explain this project.\""
        })
final class AgentsCommand implements Callable<Integer> {

    @ParentCommand private @Nullable SteleCommand parent;

    private record Found(Listing agent, @Nullable Answer answer) {}

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand stele = Objects.requireNonNull(parent);
        Console console = stele.console();
        List<Found> all = look(stele.builder().agentDirectory());
        if (stele.json()) {
            all.forEach(found -> LogJson.print(json(found), console));
        } else {
            var table = new Table("AGENT", "VERSION", "STATE", "COMMAND");
            for (Found found : all) {
                table.row(
                        SafeText.line(found.agent().name(), 40),
                        version(found.answer()),
                        SafeText.line(state(found), 200),
                        SafeText.line(found.agent().commandLine(), 100));
            }
            table.print(console);
        }
        return ExitCode.OK.code();
    }

    /** Asks all that are installed at once. */
    private static List<Found> look(AgentDirectory directory) throws InterruptedException {
        List<Listing> known = directory.known();
        var asked = new ArrayList<Future<Found>>();
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Listing agent : known) {
                asked.add(
                        asking.submit(() ->
                                new Found(
                                        agent,
                                        agent.installed() ? directory.ask(agent.name()) : null)));
            }
            var all = new ArrayList<Found>();
            for (Future<Found> found : asked) {
                all.add(found.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An agent could not be asked", e.getCause());
        }
    }

    private static String version(@Nullable Answer answer) {
        return answer instanceof Answer.Ready(var version) && version != null
                ? SafeText.line(version, 30)
                : "-";
    }

    private static String state(Found found) {
        String install = found.agent().install();
        return switch (found.answer()) {
            case null -> install == null ? "not installed" : "not installed: " + install;
            case Answer.Ready _ -> "ready";
            case Answer.LoginMissing(var message) -> "login missing: " + message;
            case Answer.Unusable(var message) -> "cannot be used: " + message;
        };
    }

    private static ObjectNode json(Found found) {
        Listing agent = found.agent();
        ObjectNode json =
                LogJson.object()
                        .put("agent", agent.name())
                        .put("command", agent.commandLine())
                        .put("installed", agent.installed());
        switch (found.answer()) {
            case null -> json.put("install", agent.install());
            case Answer.Ready(var version) -> json.put("state", "ready").put("version", version);
            case Answer.LoginMissing(var message) ->
                    json.put("state", "login_missing").put("message", message);
            case Answer.Unusable(var message) ->
                    json.put("state", "unusable").put("message", message);
        }
        return json;
    }
}
