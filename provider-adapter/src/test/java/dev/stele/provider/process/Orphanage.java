package dev.stele.provider.process;

import java.nio.file.Path;
import java.util.List;

/** A program that starts an agent, says its number, and dies without a word to it. */
public final class Orphanage {
    private Orphanage() {}

    /**
     * Runs it.
     *
     * @param args the directory of the records, then the agent's command
     */
    public static void main(String[] args) throws ProviderFailure {
        List<String> command = List.of(args).subList(1, args.length);
        var launcher = new AgentLauncher(Path.of(args[0]));
        AgentProcess agent = launcher.start(new AgentCommand("agent", command), Path.of("/"));
        System.out.println(agent.pid());
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }

    /** Leaves an agent behind that no living process owns. Returns its number. */
    public static long leave(Path records, List<String> command) throws Exception {
        var words = new java.util.ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        words.add(System.getProperty("java.class.path"));
        words.add(Orphanage.class.getName());
        words.add(records.toString());
        words.addAll(command);
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = process.inputReader()) {
            String line = out.readLine();
            process.waitFor();
            return Long.parseLong(String.valueOf(line));
        }
    }
}
