package dev.stele.app.live;

import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.support.GitProject;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.LogProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A home of Stele's and a folder for repositories, in which the scenarios of one agent are run. */
final class Stage implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final Path folder;
    private final SteleHome home;
    private final String agent;
    private int openings;
    private Stele stele;

    /**
     * Opens Stele.
     *
     * @param folder where everything is kept
     * @param agent the agent's name
     */
    Stage(Path folder, String agent) throws IOException {
        this.folder = folder;
        this.home = new SteleHome(folder.resolve("stele"));
        this.agent = agent;
        Files.createDirectories(home.root());
        Files.createDirectories(wire());
        Files.writeString(home.configuration(), "{\"agentSilenceSeconds\": 30}");
        this.stele = open();
    }

    /** What goes over the wire is kept, to look at where a promise is broken. */
    private Stele open() {
        String name = "wire-%d-%d.jsonl".formatted(ProcessHandle.current().pid(), ++openings);
        return Stele.builder().home(home).recording(wire().resolve(name)).open();
    }

    private Path wire() {
        return folder.resolve("wire");
    }

    Stele stele() {
        return stele;
    }

    String agent() {
        return agent;
    }

    /** Closes Stele, and opens it again. */
    void reopen() {
        stele.close();
        stele = open();
    }

    /** A thread in a new repository that is named after it. */
    Talk talk(String name, ApprovalPolicy policy) throws IOException {
        return talk(name, agent, policy);
    }

    /** The same with another agent. */
    Talk talk(String name, String otherAgent, ApprovalPolicy policy) throws IOException {
        var project = GitProject.in(folder.resolve(name));
        project.write("README.md", "# A project\n\nold line\n");
        project.git("add", "--all");
        project.git("commit", "--quiet", "--message=A file to change");
        var command =
                new CreateThread(
                        new ThreadId(name),
                        stele.project(project.directory()),
                        name,
                        otherAgent,
                        Instant.now());
        stele.execute(command);
        stele.approvals(command.threadId(), policy);
        return new Talk(stele, command.threadId(), project);
    }

    /** A thread that is there already, seen through the Stele that is open now. */
    Talk again(String name) {
        stele.approvals(new ThreadId(name), Standard.ALL);
        return new Talk(stele, new ThreadId(name), GitProject.at(folder.resolve(name)));
    }

    /** How many questions the agent asked in a turn. */
    long questions(TurnId turnId) {
        long asked = 0;
        List<StoredEvent> page = stele.page(0, PAGE);
        while (!page.isEmpty()) {
            asked +=
                    page.stream()
                            .map(StoredEvent::event)
                            .filter(ApprovalRequested.class::isInstance)
                            .filter(asks -> ((ApprovalRequested) asks).turnId().equals(turnId))
                            .count();
            page = stele.page(page.getLast().sequence(), PAGE);
        }
        return asked;
    }

    /** Closes Stele, and tells where the agent's key is: log, checkpoints, recordings. */
    List<String> placesOfKey() throws IOException {
        stele.close();
        var places = new ArrayList<String>();
        var report =
                Stele.builder().home(home).find(new SecretText(LiveAgent.KEY), LogProgress.SILENT);
        report.sequences().forEach(sequence -> places.add("event " + sequence));
        if (report.receipts() > 0) {
            places.add("receipts");
        }
        report.checkpoints().places().stream()
                .filter(place -> !place.held().isEmpty())
                .forEach(place -> places.add("checkpoints of " + place.directory()));
        try (Stream<Path> files = Files.list(wire())) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains(LiveAgent.KEY)) {
                    places.add(file.toString());
                }
            }
        }
        return places;
    }

    @Override
    public void close() {
        stele.close();
    }
}
