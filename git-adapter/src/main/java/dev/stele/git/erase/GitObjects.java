package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/** What native git tells of the objects of a repository, and writes into it. Immutable. */
final class GitObjects {

    private static final String NOT_CHECKPOINTS = "--exclude=refs/stele/*";
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{40}\\b");

    /** Where git remembers commits beside refs: ORIG_HEAD, MERGE_HEAD, and what a rebase needs. */
    private static final Pattern REMEMBERING =
            Pattern.compile("[A-Z_]+|rebase-merge|rebase-apply|sequencer");

    private static final long MOST_REMEMBERED = 1 << 24;

    private final Path gitDir;
    private final GitProgram git;

    /**
     * @param gitDir what all working trees of the repository share
     * @param limit how long git may take for one thing
     */
    GitObjects(Path gitDir, Duration limit) {
        this.gitDir = gitDir;
        this.git = new GitProgram(gitDir, limit);
    }

    /** Whom objects are held by. */
    enum Holder {
        /** People: their refs, HEADs, indexes and reflogs. */
        USER,
        /** People or checkpoints. */
        ANYBODY
    }

    /** Those of some objects that are held. */
    Set<ObjectId> held(Collection<ObjectId> objects, Holder holder) throws IOException {
        if (objects.isEmpty()) {
            return Set.of();
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "rev-list",
                                "--objects",
                                "--no-object-names",
                                "--missing=allow-any",
                                "--ignore-missing"));
        if (holder == Holder.USER) {
            arguments.add(NOT_CHECKPOINTS);
        }
        arguments.addAll(List.of("--all", "--reflog", "--indexed-objects", "--stdin"));
        String remembered = String.join("\n", remembered()) + "\n";
        GitRun run = run(remembered.getBytes(US_ASCII), arguments.toArray(String[]::new));
        Set<ObjectId> asked = new HashSet<>(objects);
        return run.text()
                .lines()
                .filter(ObjectId::isId)
                .map(ObjectId::fromString)
                .filter(asked::contains)
                .collect(Collectors.toSet());
    }

    private Set<String> remembered() throws IOException {
        Set<String> ids = new TreeSet<>();
        collect(gitDir, ids);
        for (Path workTree : children(gitDir.resolve("worktrees"))) {
            collect(workTree, ids);
        }
        return ids;
    }

    private static void collect(Path directory, Set<String> ids) throws IOException {
        for (Path path : children(directory)) {
            if (REMEMBERING.matcher(path.getFileName().toString()).matches()) {
                collectFrom(path, ids);
                for (Path inner : children(path)) {
                    collectFrom(inner, ids);
                }
            }
        }
    }

    private static void collectFrom(Path file, Set<String> ids) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) <= MOST_REMEMBERED) {
            Matcher found = ID.matcher(Files.readString(file, ISO_8859_1));
            while (found.find()) {
                ids.add(found.group());
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return children;
        }
        return children;
    }

    /**
     * Where people hold some of the objects, for them: the refs whose history brought them in, and
     * else that it is something else of theirs.
     */
    List<String> usersNames(Collection<ObjectId> blobs) throws IOException {
        Set<String> names = new TreeSet<>();
        boolean elsewhere = false;
        for (ObjectId blob : blobs) {
            List<String> found = sources(blob);
            names.addAll(found);
            elsewhere |= found.isEmpty();
        }
        List<String> all = new ArrayList<>(names);
        if (elsewhere) {
            all.add("the index, a reflog, or what a rebase or merge keeps");
        }
        return all;
    }

    private List<String> sources(ObjectId blob) {
        return run(
                        new byte[0],
                        "log",
                        NOT_CHECKPOINTS,
                        "--all",
                        "-m",
                        "--root",
                        "--no-renames",
                        "--find-object=" + blob.name(),
                        "--no-show-signature",
                        "--format=tformat:%S")
                .text()
                .lines()
                .filter(line -> !line.isBlank())
                .distinct()
                .toList();
    }

    /** The commits of checkpoints that the repository has, also those that no ref leads to. */
    List<ObjectId> checkpoints() {
        List<String> commits =
                run(
                                new byte[0],
                                "cat-file",
                                "--batch-all-objects",
                                "--unordered",
                                "--batch-check=%(objecttype) %(objectname)")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("commit "))
                        .map(line -> line.substring("commit ".length()))
                        .toList();
        if (commits.isEmpty()) {
            return List.of();
        }
        byte[] input = (String.join("\n", commits) + "\n").getBytes(US_ASCII);
        return run(
                        input,
                        "rev-list",
                        "--no-walk=unsorted",
                        "--max-parents=0",
                        "--committer=<" + CheckpointRefs.EMAIL + ">",
                        "--fixed-strings",
                        "--ignore-missing",
                        "--stdin")
                .text()
                .lines()
                .filter(ObjectId::isId)
                .map(ObjectId::fromString)
                .toList();
    }

    /** Writes a pack of objects that are there; it is on the disk when this returns. */
    void pack(Collection<ObjectId> objects) {
        String input =
                objects.stream().map(ObjectId::name).collect(Collectors.joining("\n", "", "\n"));
        run(
                input.getBytes(US_ASCII),
                "-c",
                "core.fsync=all",
                "-c",
                "pack.packSizeLimit=0",
                "pack-objects",
                "-q",
                "--delta-base-offset",
                gitDir.resolve("objects/pack/pack").toString());
    }

    /** Writes the commit graph anew. */
    void writeCommitGraph() {
        run(new byte[0], "commit-graph", "write", "--reachable", "--no-progress");
    }

    private GitRun run(byte[] input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + gitDir, "--no-replace-objects"));
        all.addAll(List.of(arguments));
        try {
            GitRun run = git.run(new StopSign(), input, all.toArray(String[]::new));
            if (!run.succeeded()) {
                throw new GitFailure(
                        "The objects of "
                                + gitDir
                                + " cannot be looked through: "
                                + run.explanation()
                                + "; 'git fsck' tells what is wrong there.");
            }
            return run;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitFailure("Interrupted while git was at work in " + gitDir + ".", e);
        }
    }
}
