package dev.stele.git.erase;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.OwnRepository;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The repositories that hold checkpoints of projects, each once. For one thread at a time.
 *
 * @param found them, ordered by the projects' paths
 * @param failures sentences about projects whose repositories cannot be found, by their paths
 */
record Targets(List<Target> found, Map<String, String> failures) {

    /**
     * A repository.
     *
     * @param directory the project that it was found by
     * @param gitDir what all working trees of it share
     * @param opening opens it
     * @param projects the projects whose next checkpoint goes there
     */
    record Target(
            String directory,
            Path gitDir,
            Supplier<ProjectRepository> opening,
            List<Path> projects) {}

    static Targets of(OrchestrationReadModel model, Repositories repositories) {
        Map<Path, Target> targets = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        Set<String> paths = new TreeSet<>();
        for (Project project : model.projects().values()) {
            String node = project.node();
            paths.add(project.path());
            if (node != null && Files.notExists(Path.of(project.path()))) {
                failures.put(project.path(), elsewhere(node));
            }
        }
        for (String path : paths) {
            Path project = Path.of(path);
            GitLocation location = null;
            try {
                GitLocation found = location(project);
                location = found == null || ProjectRepository.isForeign(found) ? null : found;
            } catch (GitFailure e) {
                failures.put(path, e.sentence());
            }
            add(project, location, repositories.existing(project), targets);
        }
        return new Targets(List.copyOf(targets.values()), failures);
    }

    private static String elsewhere(String node) {
        return "The directory is on the node " + node + "; erase the text there, too.";
    }

    /** Of a project that is gone the repository around its place may be there. */
    private static @Nullable GitLocation location(Path project) {
        if (Files.isDirectory(project)) {
            return GitLocation.search(project);
        }
        Path standing = project;
        while (!Files.isDirectory(standing) && standing.getParent() != null) {
            standing = standing.getParent();
        }
        try {
            return GitLocation.search(standing);
        } catch (GitFailure e) {
            return null;
        }
    }

    private static void add(
            Path project,
            @Nullable GitLocation location,
            @Nullable OwnRepository own,
            Map<Path, Target> targets) {
        boolean there = Files.isDirectory(project);
        if (location != null) {
            Target target =
                    targets.computeIfAbsent(
                            location.commonDir(),
                            gitDir ->
                                    new Target(
                                            project.toString(),
                                            gitDir,
                                            () -> ProjectRepository.open(location),
                                            new ArrayList<>()));
            if (there) {
                target.projects().add(project);
            }
        }
        if (own != null) {
            List<Path> projects = there && location == null ? List.of(project) : List.of();
            targets.put(
                    own.gitDir(),
                    new Target(
                            project.toString(), own.gitDir(), () -> own.open(project), projects));
        }
    }
}
