package dev.stele.app.live;

import dev.stele.app.live.model.ModelEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The proof with real agents: {@code ./stele live}, or {@code ./stele live NAME...} for some of
 * them. It fetches them from npm into the folder that {@code stele.live.folder} names, runs every
 * scenario, and prints a table in Markdown. It exits with 1 when a promise was broken, with 69 when
 * npm cannot fetch them.
 */
public final class LiveProof {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private final Packages packages;
    private final ModelEndpoint model;
    private final Map<LiveAgent, List<Verdict>> verdicts = new EnumMap<>(LiveAgent.class);

    private LiveProof(Packages packages, ModelEndpoint model) {
        this.packages = packages;
        this.model = model;
    }

    /**
     * Runs it.
     *
     * @param names of agents, none for the usual ones; after {@code --only} names of scenarios
     */
    public static void main(String... names) throws Exception {
        List<String> words = List.of(names);
        int only = words.indexOf("--only");
        List<String> acts = only < 0 ? List.of() : words.subList(only + 1, words.size());
        List<LiveAgent> agents = agents(only < 0 ? words : words.subList(0, only));
        if (agents.isEmpty() || !Act.names().containsAll(acts)) {
            ERR.println("There are the agents " + LiveAgent.names());
            ERR.println("and the scenarios " + Act.names());
            System.exit(64);
        }
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("stele.live.folder")));
        try (ModelEndpoint model = ModelEndpoint.open()) {
            var proof = new LiveProof(new Packages(folder), model);
            proof.run(agents, acts);
            OUT.print(new ResultTable(proof.verdicts).markdown());
            System.exit(proof.isKept() ? 0 : 1);
        } catch (IOException e) {
            ERR.println(e.getMessage());
            System.exit(69);
        }
    }

    private static List<LiveAgent> agents(List<String> names) {
        if (names.isEmpty()) {
            return Stream.of(LiveAgent.values()).filter(LiveAgent::isUsual).toList();
        }
        var agents = new ArrayList<LiveAgent>();
        for (String name : names) {
            LiveAgent agent = LiveAgent.named(name);
            if (agent == null) {
                return List.of();
            }
            agents.add(agent);
        }
        return agents;
    }

    private boolean isKept() {
        return verdicts.values().stream().flatMap(List::stream).allMatch(Verdict::kept);
    }

    private void run(List<LiveAgent> agents, List<String> acts)
            throws IOException, InterruptedException {
        for (LiveAgent agent : agents) {
            ERR.printf("%s %s%n", agent.npmPackage(), agent.version());
            Path programs = packages.programs(agent);
            Path folder = Files.createTempDirectory("stele-live-" + agent.steleName());
            ERR.printf("  its repositories and Stele's log are in %s%n", folder);
            verdicts.put(agent, new AgentRun(agent, programs, folder, model, ERR).run(acts));
        }
    }
}
