package dev.stele.git.erase;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.domain.port.CheckpointErasureReport.Place;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.disk.Trees;
import dev.stele.git.erase.GitObjects.Holder;
import dev.stele.git.erase.Targets.Target;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import dev.stele.git.repository.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Erases a text from the checkpoints in git repositories. New objects are on the disk before
 * anything leads to them, and what is to go is written down before nothing leads to it any more; a
 * process that dies in between leaves checkpoints that are whole, and doing it again finishes.
 * Thread-safe.
 */
public final class GitCheckpointErasure implements CheckpointErasure {

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private final Duration limit;

    /**
     * @param repositories finds where checkpoints are kept
     * @param checkpoints reads working trees as they are now
     * @param limit how long git may take for one thing
     */
    public GitCheckpointErasure(
            Repositories repositories, Checkpoints checkpoints, Duration limit) {
        this.repositories = repositories;
        this.checkpoints = checkpoints;
        this.limit = limit;
    }

    @Override
    public CheckpointErasureReport find(OrchestrationReadModel model, SecretText secret) {
        return each(model, new SecretBytes(secret), false);
    }

    @Override
    public CheckpointErasureReport erase(OrchestrationReadModel model, SecretText secret) {
        return each(model, new SecretBytes(secret), true);
    }

    private CheckpointErasureReport each(
            OrchestrationReadModel model, SecretBytes secret, boolean erase) {
        Targets targets = Targets.of(model, repositories);
        List<Place> places = new ArrayList<>();
        targets.failures()
                .forEach((path, why) ->
                        places.add(new Place(path, List.of(), List.of(), List.of(), why)));
        for (Target target : targets.found()) {
            Place place = place(target, secret, erase);
            if (!place.held().isEmpty() || place.isLeft()) {
                places.add(place);
            }
        }
        places.sort(Comparator.comparing(Place::directory));
        return new CheckpointErasureReport(places);
    }

    private Place place(Target target, SecretBytes secret, boolean erase) {
        try {
            var git = new GitObjects(target.gitDir(), limit);
            var pending = new Pending(repositories.directory(), target.gitDir());
            Findings findings = look(target, git, secret, erase ? pending : null);
            List<Path> kept = erase ? purge(target.gitDir(), git, pending) : List.of();
            Set<ObjectId> users = git.held(findings.blobs(), Holder.USER);
            var place =
                    new Place(
                            target.directory(),
                            findings.held(),
                            git.usersNames(users),
                            List.of(),
                            kept.isEmpty() ? null : failure(kept));
            return withFiles(place, target, secret);
        } catch (GitFailure e) {
            return failed(target, e.sentence());
        } catch (IOException e) {
            return failed(target, "The repository cannot be worked with: " + e);
        }
    }

    /** That the working tree cannot be read does not undo what was done. */
    private Place withFiles(Place place, Target target, SecretBytes secret) throws IOException {
        List<String> files = List.of();
        String failure = place.failure();
        try {
            files = files(target, secret);
        } catch (GitFailure e) {
            failure = failure == null ? e.sentence() : failure;
        }
        return new Place(place.directory(), place.held(), place.users(), files, failure);
    }

    private static Place failed(Target target, String why) {
        return new Place(target.directory(), List.of(), List.of(), List.of(), why);
    }

    private static String failure(List<Path> kept) {
        return "Packs that are marked to be kept still hold the text: "
                + kept
                + "; remove the files beside them that end in .keep or .promisor, and do it again.";
    }

    /**
     * Finds the text, and leads the refs to commits without it when there is a place to note it.
     */
    private Findings look(
            Target target, GitObjects git, SecretBytes secret, @Nullable Pending pending)
            throws IOException {
        try (ProjectRepository repository = target.opening().get();
                ObjectReader reader = repository.jgit().newObjectReader()) {
            var search = new Search(reader, secret);
            Findings findings =
                    new Looking(reader, search).find(repository.checkpoints(), git.checkpoints());
            if (pending != null && !findings.doomed().isEmpty()) {
                pending.add(findings.doomed());
                move(repository, reader, findings, new Masks(secret, search));
                forgetMoves(target.gitDir());
            }
            return findings;
        }
    }

    /** What a text is masked by. */
    private record Masks(SecretBytes secret, Search search) {}

    private void move(
            ProjectRepository repository, ObjectReader reader, Findings findings, Masks masks)
            throws IOException {
        Map<String, ObjectId> moved = new TreeMap<>();
        try (NewPack pack = repository.newPack()) {
            var rewriting = new Rewriting(reader, masks.secret(), masks.search(), pack);
            for (Map.Entry<String, ObjectId> ref : findings.refs().entrySet()) {
                byte[] commit = reader.open(ref.getValue(), Constants.OBJ_COMMIT).getBytes();
                moved.put(ref.getKey(), rewriting.commit(commit));
            }
            Map<ObjectId, ObjectId> blobs = rewriting.blobs(findings.blobs());
            pack.finish();
            new Traces(repositories.directory(), masks.secret()).replace(blobs);
        }
        CheckpointRefs refs = repository.checkpoints();
        for (Map.Entry<String, ObjectId> ref : moved.entrySet()) {
            refs.move(ref.getKey(), ref.getValue());
        }
    }

    /** Returns packs that cannot be made without the text. */
    private static List<Path> purge(Path gitDir, GitObjects git, Pending pending)
            throws IOException {
        Set<ObjectId> doomed = pending.read();
        if (doomed.isEmpty()) {
            return List.of();
        }
        List<Path> kept = new Purge(gitDir, git).remove(doomed);
        if (kept.isEmpty()) {
            pending.done();
        }
        return kept;
    }

    /** What the next checkpoint would hold again; nothing is written into the repository. */
    private List<String> files(Target target, SecretBytes secret) throws IOException {
        Set<String> files = new TreeSet<>();
        for (Path project : target.projects()) {
            try (ProjectRepository repository = repositories.open(project);
                    Scratch scratch = Scratch.in(repositories.directory());
                    HeldObjects objects = repository.heldObjects(scratch.objects())) {
                ObjectId tree = checkpoints.current(repository, scratch.objects()).tree();
                var search = new Search(objects.reader(), secret);
                search.paths(tree).forEach(path -> files.add(search.told(path)));
            }
        }
        return List.copyOf(files);
    }

    /** Where git was told to log every ref, it would keep what refs held before. */
    private static void forgetMoves(Path gitDir) throws IOException {
        Path logs = gitDir.resolve("logs").resolve("refs").resolve("stele");
        if (Files.isDirectory(logs)) {
            Trees.delete(logs);
        }
    }
}
