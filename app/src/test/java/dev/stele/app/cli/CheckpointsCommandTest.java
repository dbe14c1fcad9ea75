package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.cli.Cli.Outcome;
import dev.stele.app.config.SteleHome;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.model.ThinningPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What checkpoints hold, which are kept, and what is said of those that are gone. */
class CheckpointsCommandTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir private Path temp;

    private List<CheckpointId> ofThreeTurns(Cli stele, GitFixture repository) throws Exception {
        Path script =
                Files.writeString(
                        temp.resolve("script.json"),
                        """
                        {"steps": [{"append": "a.txt", "content": "line\\n", "ask": false}]}
                        """);
        try (Stele open = Stele.builder().home(new SteleHome(stele.home())).open()) {
            var first = open.run(repository.directory(), "scripted:" + script, "One.");
            open.run(first.threadId(), "Two.");
            open.run(first.threadId(), "Three.");
            ProjectId project = open.project(repository.directory());
            open.execute(
                    new ThinCheckpoints(
                            Ids.operation(),
                            project,
                            new ThinningPolicy(1, 2),
                            Instant.now().plus(Duration.ofDays(9))));
            assertThat(open.drain(LONG)).isTrue();
            return open.model()
                    .checkpoints()
                    .keySet()
                    .toJavaStream()
                    .sorted(Comparator.comparing(CheckpointId::value))
                    .toList();
        }
    }

    @Test
    void a_thinned_checkpoint_is_listed_and_refused_by_its_reason() throws Exception {
        var stele = new Cli(temp.resolve("home"));
        GitFixture repository = GitFixture.create(temp.resolve("project"));
        List<CheckpointId> ids = ofThreeTurns(stele, repository);
        String gone = ids.getFirst().value();

        assertThat(gone).endsWith("-after");
        assertThat(stele.run("checkpoints").out())
                .containsPattern(gone + ".* thinned out on \\d{4}-\\d\\d-\\d\\d");
        assertThat(stele.run("checkpoints", "show", gone).out())
                .contains("thinned out on", "all checkpoints are kept for a day");
        Outcome restore = stele.run("restore", gone);
        assertThat(restore.code()).isEqualTo(5);
        assertThat(restore.err()).contains("was thinned out on", "choose another one");
        assertThat(stele.run("diff", gone).code()).isEqualTo(5);
        assertThat(repository.git("for-each-ref", "refs/stele").lines()).hasSize(3);
        assertThat(stele.run("doctor").out()).contains("3 checkpoints", "3 older ones thinned out");
    }

    @Test
    void limits_and_policy_are_set_in_the_settings_and_shown() throws Exception {
        var stele = new Cli(temp.resolve("home"));
        GitFixture repository = GitFixture.create(temp.resolve("project"));
        Files.createDirectories(stele.home());
        Files.writeString(
                stele.home().resolve("config.json"),
                """
                {"checkpoints": {"largestUntrackedFileBytes": 99, "keepAllDays": 3, "thin": false}}
                """);
        Path large = Files.writeString(repository.directory().resolve("large"), "x".repeat(100));

        Outcome policy = stele.run("checkpoints", "policy");
        assertThat(policy.out())
                .contains(
                        "over 99 B are left out", "kept for 3 days", "only by 'stele checkpoints");
        stele.run("run", "--project", repository.directory().toString(), "--approve", "all", "Go.");
        String id = stele.run("checkpoints").out().lines().toList().get(1).replaceFirst(" .*", "");
        assertThat(stele.run("checkpoints", "show", id).out())
                .contains("large: it is untracked, and its 100 bytes are over the limit of 99")
                .contains("99 B for an untracked file");
        Files.writeString(large, "y".repeat(100));
        stele.run("restore", id);
        assertThat(large).hasContent("y".repeat(100));
        assertThat(stele.run("checkpoints", "thin", "--dry-run").out())
                .contains("0 checkpoints would go", "kept: the newest of a thread");
        assertThat(stele.run("checkpoints", "thin", "--keep-all", "0").code()).isEqualTo(2);
    }
}
