package dev.stele.app.live;

import dev.stele.app.live.model.ModelEndpoint;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All scenarios with one agent, in processes that have its environment. */
final class AgentRun {
    private final LiveAgent agent;
    private final Path programs;
    private final Path folder;
    private final ModelEndpoint model;
    private final PrintStream progress;
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * A run.
     *
     * @param agent who is tried
     * @param programs the folder of its programs
     * @param folder an empty one
     * @param model what it asks
     * @param progress hears of each scenario
     */
    AgentRun(
            LiveAgent agent,
            Path programs,
            Path folder,
            ModelEndpoint model,
            PrintStream progress) {
        this.agent = agent;
        this.programs = programs;
        this.folder = folder;
        this.model = model;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param only the names of scenarios, none for all
     * @return what came of each
     */
    List<Verdict> run(List<String> only) throws IOException, InterruptedException {
        List<String> acts =
                Act.names().stream()
                        .filter(act -> !act.equals(Act.KILLED.name()))
                        .filter(act -> only.isEmpty() || only.contains(act))
                        .toList();
        if (!acts.isEmpty()) {
            run(acts, false);
        }
        if (only.isEmpty() || only.contains(Act.KILLED.name())) {
            run(List.of(Act.KILL.name()), true);
            run(List.of(Act.KILLED.name()), false);
        }
        if (Files.readString(log()).contains(LiveAgent.KEY)) {
            tell(new Verdict(Verdict.KEY, false, "what Stele logged holds it"));
        }
        return verdicts;
    }

    private Path log() {
        return folder.resolve("stele.err");
    }

    /** Runs some in one process; kills it after its first verdict when that is wanted. */
    private void run(List<String> acts, boolean kill) throws IOException, InterruptedException {
        Process process = start(acts);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                for (Verdict verdict : Verdict.of(line)) {
                    if (kill) {
                        kill(process, verdict);
                        return;
                    }
                    tell(verdict);
                }
            }
        }
        if (process.waitFor() != 0) {
            tell(new Verdict("PROCESS", false, "it ended with " + process.exitValue()));
        }
    }

    /** A start that failed is told; one that did not is followed by another scenario. */
    private void kill(Process process, Verdict verdict) throws InterruptedException {
        process.destroyForcibly().waitFor();
        if (!verdict.kept()) {
            tell(verdict);
        }
    }

    private void tell(Verdict verdict) {
        verdicts.add(verdict);
        progress.printf(
                "  %-16s %s %s%n",
                verdict.name(), verdict.kept() ? "ok" : "BROKEN", verdict.words());
    }

    private Process start(List<String> acts) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(LiveChild.class.getName());
        command.add(folder.toString());
        command.add(agent.steleName());
        command.addAll(acts);
        var builder = new ProcessBuilder(command);
        Path home = Files.createDirectories(folder.resolve("user"));
        builder.environment().putAll(agent.environment(home, model.uri()));
        builder.environment()
                .merge("PATH", programs.toString(), (old, mine) -> mine + File.pathSeparator + old);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        return builder.start();
    }
}
