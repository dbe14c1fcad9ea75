package dev.stele.provider.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that starts an agent, says its number, and is killed without a word to it. */
public final class Orphanage {
    private static final String NOTHING = "-";

    private Orphanage() {}

    /**
     * Runs it.
     *
     * @param args the directory of the records, a command of the shell that is started beside the
     *     agent or {@code -}, then the agent's command
     */
    public static void main(String[] args) throws ProviderFailure, IOException {
        List<String> command = List.of(args).subList(2, args.length);
        var launcher = new AgentLauncher(Path.of(args[0]));
        AgentProcess agent = launcher.start(new AgentCommand("agent", command), Path.of("/"));
        String pids = Long.toString(agent.pid());
        if (!args[1].equals(NOTHING)) {
            pids += " " + agent.startBeside(new ProcessBuilder("sh", "-c", args[1])).pid();
        }
        System.out.println(pids);
        System.out.flush();
        var _ = System.in.read();
    }

    /** Leaves an agent behind that no living process owns. Returns its number. */
    public static long leave(Path records, List<String> command) throws Exception {
        return leave(records, NOTHING, command).getFirst();
    }

    /** The same with a command beside the agent. Returns the numbers of both. */
    static List<Long> leave(Path records, String beside, List<String> command) throws Exception {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        words.add(System.getProperty("java.class.path"));
        words.add(Orphanage.class.getName());
        words.add(records.toString());
        words.add(beside);
        words.addAll(command);
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = process.inputReader()) {
            String line = String.valueOf(out.readLine());
            process.destroyForcibly().waitFor();
            return Arrays.stream(line.split(" ", -1)).map(Long::valueOf).toList();
        }
    }
}
