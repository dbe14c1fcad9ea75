package dev.stele.git.care;

import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Kind;
import dev.stele.git.disk.Trees;
import dev.stele.git.repository.Repositories;
import dev.stele.git.repository.Scratch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what crashes have left in Stele's own directory. */
final class HomeFindings {

    private static final Logger LOG = LoggerFactory.getLogger(HomeFindings.class);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Repositories repositories;

    HomeFindings(Repositories repositories) {
        this.repositories = repositories;
    }

    /**
     * @param now the time
     * @param operations finds what is left of worktrees
     * @param repair whether it is removed
     */
    List<Finding> find(Instant now, OperationLeftovers operations, boolean repair) {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.addAll(operations.ofWorktrees());
            List<Path> left = new ArrayList<>(repositories.unfinished(now.minus(ABANDONED)));
            left.addAll(Scratch.abandonedIn(repositories.directory(), now));
            left.addAll(unfinished("snapshots", "*.*", now));
            for (String folder : List.of("", "restored", "absent")) {
                left.addAll(unfinished(folder, "*.new", now));
            }
            for (Path path : left) {
                if (repair) {
                    Trees.delete(path);
                }
                findings.add(new Finding(Kind.OLD_FILE, path.toString(), repair));
            }
        } catch (IOException e) {
            LOG.warn("What is left in {} cannot be told.", repositories.directory(), e);
        }
        return findings;
    }

    /** Files that get their names when they are whole. */
    private List<Path> unfinished(String folder, String names, Instant now) throws IOException {
        List<Path> unfinished = new ArrayList<>();
        Path directory = repositories.directory().resolve(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
            for (Path file : files) {
                Instant touched = Files.getLastModifiedTime(file).toInstant();
                if (touched.isBefore(now.minus(ABANDONED))) {
                    unfinished.add(file);
                }
            }
        } catch (NoSuchFileException e) {
            return unfinished;
        }
        return unfinished;
    }
}
