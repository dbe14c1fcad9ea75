package dev.stele.app.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The agents' packages, fetched by npm into a folder that is kept for the next time. */
final class Packages {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    Packages(Path folder) {
        this.folder = folder;
    }

    /**
     * Fetches an agent unless it is there. Scripts of its packages are run: opencode needs it.
     *
     * @return the folder of its programs
     * @throws IOException when npm cannot be run or fails; the message says what to do
     */
    Path programs(LiveAgent agent) throws IOException, InterruptedException {
        Path here = Files.createDirectories(folder.resolve(agent.steleName()));
        if (!agent.version().equals(installed(agent, here))) {
            install(agent, here);
        }
        return here.resolve("node_modules/.bin");
    }

    private static String installed(LiveAgent agent, Path here) throws IOException {
        Path manifest =
                here.resolve("node_modules").resolve(agent.npmPackage()).resolve("package.json");
        return Files.exists(manifest)
                ? JSON.readTree(Files.readString(manifest)).path("version").asString("")
                : "";
    }

    private static void install(LiveAgent agent, Path here)
            throws IOException, InterruptedException {
        String wanted = agent.npmPackage() + "@" + agent.version();
        var npm =
                new ProcessBuilder(
                                "npm",
                                "install",
                                "--prefix",
                                here.toString(),
                                "--no-audit",
                                "--no-fund",
                                wanted)
                        .redirectErrorStream(true);
        Process process = started(npm);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            List<String> lines = output.lines().toList();
            throw new IOException(
                    "npm could not fetch %s; make it reach its registry. It said: %s"
                            .formatted(
                                    wanted,
                                    String.join(
                                            " ",
                                            lines.subList(
                                                    Math.max(0, lines.size() - 5), lines.size()))));
        }
    }

    private static Process started(ProcessBuilder npm) throws IOException {
        try {
            return npm.start();
        } catch (IOException e) {
            throw new IOException(
                    "npm cannot be run, which fetches the agents; install nodejs and npm.", e);
        }
    }
}
