package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts agents, and ends those that an earlier process left behind. Thread-safe. */
public final class AgentLauncher {
    private static final Logger log = LoggerFactory.getLogger(AgentLauncher.class);

    private static final AtomicLong SERIALS = new AtomicLong();

    private final Registry registry;
    private final String home;
    private final ProcessIdentity self;

    /**
     * A launcher.
     *
     * @param directory where the agents that run are recorded; one for each Stele
     */
    public AgentLauncher(Path directory) {
        this(directory, currentProcess());
    }

    AgentLauncher(Path directory, ProcessIdentity self) {
        Path absolute = directory.toAbsolutePath().normalize();
        this.registry = new Registry(absolute);
        this.home = Integer.toHexString(absolute.toString().hashCode());
        this.self = self;
    }

    private static ProcessIdentity currentProcess() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        return self == null ? new ProcessIdentity(ProcessHandle.current().pid(), 0) : self;
    }

    /**
     * Starts an agent. It is recorded on the disk before this returns.
     *
     * @param command what is run
     * @param directory where it runs
     * @throws ProviderFailure when it cannot be started; the message says why and what to do
     */
    public AgentProcess start(AgentCommand command, Path directory) throws ProviderFailure {
        if (!Files.isDirectory(directory)) {
            throw ProviderFailure.start(
                    "The agent cannot be started: the project's directory %s is not there."
                            .formatted(Characters.quoted(directory.toString())));
        }
        var marker = new Marker(home, self, SERIALS.incrementAndGet());
        var builder = new ProcessBuilder(command.words()).directory(directory.toFile());
        command.environment().forEach(builder.environment()::putIfAbsent);
        builder.environment().put(Marker.VARIABLE, marker.text());
        String searchPath = builder.environment().getOrDefault("PATH", "");
        Programs.check(command.words().getFirst(), directory, searchPath);
        try {
            return registered(builder.start(), command.shown(), marker);
        } catch (IOException e) {
            String program = command.words().getFirst();
            throw ProviderFailure.start(
                    "The agent %s cannot be started: %s."
                            .formatted(command.shown(), Programs.reason(e, program, directory)));
        }
    }

    private AgentProcess registered(Process process, String shown, Marker marker)
            throws IOException {
        ProcessIdentity identity = ProcessIdentity.ofNew(process);
        try {
            Path file = registry.add(identity, self);
            return new AgentProcess(process, shown, marker, registry, file);
        } catch (IOException e) {
            Ending.end(List.of(process.toHandle()));
            throw new IOException("its process cannot be recorded: " + e.getMessage(), e);
        }
    }

    /**
     * Ends every agent whose owner is dead, with all that it started. Returns when they are gone.
     *
     * @return how many processes were ended
     */
    public int endLeftovers() {
        int ended = endRecorded();
        return ended + endUnowned();
    }

    private int endUnowned() {
        var left =
                MarkedProcesses.find(
                        marker -> marker.home().equals(home) && !isAlive(marker.owner()));
        Ending.end(left);
        return left.size();
    }

    private int endRecorded() {
        int ended = 0;
        try {
            for (Registry.Entry entry : registry.entries()) {
                if (!isAlive(entry.owner())) {
                    ended += endTree(entry.agent());
                    registry.remove(entry.file());
                }
            }
        } catch (IOException e) {
            log.warn("The agents of an earlier process cannot be looked up: {}", e.getMessage());
        }
        return ended;
    }

    private static int endTree(ProcessIdentity agent) {
        ProcessHandle process = agent.find();
        if (process == null) {
            return 0;
        }
        var tree = new ArrayList<>(process.descendants().toList());
        tree.add(process);
        Ending.end(tree);
        return tree.size();
    }

    private boolean isAlive(ProcessIdentity owner) {
        return owner.equals(self) || owner.isAlive();
    }
}
