package dev.stele.git.repository;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The open repository of a project. It lives for one piece of work only: what JGit remembers of
 * packs and objects may be wrong after git has collected garbage. For one thread at a time.
 */
public final class ProjectRepository implements AutoCloseable {

    static {
        QuietSystem.install();
    }

    private final GitLocation location;
    private final Repository repository;
    private final Config workTreeConfig;

    private ProjectRepository(GitLocation location, Repository repository, Config workTreeConfig) {
        this.location = location;
        this.repository = repository;
        this.workTreeConfig = workTreeConfig;
    }

    /**
     * Opens the repository of a project.
     *
     * @param project the project's directory, absolute
     * @throws GitFailure when there is none, or none that can be worked with
     */
    public static ProjectRepository open(Path project) {
        GitLocation location = GitLocation.find(project);
        try {
            Config own = RepositoryFormat.require(location);
            Config workTreeConfig =
                    own.getBoolean("extensions", "worktreeconfig", false)
                            ? RepositoryFormat.parse(location.gitDir().resolve("config.worktree"))
                            : new Config();
            return new ProjectRepository(location, build(location), workTreeConfig);
        } catch (IOException e) {
            throw new GitFailure(
                    "The repository of " + project + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Both directories are given: what JGit guesses is wrong for a separate git directory. */
    private static Repository build(GitLocation location) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(location.gitDir().toFile())
                .setWorkTree(location.workTree().toFile())
                .setMustExist(true)
                .build();
    }

    /** Where the project lies in it. */
    public GitLocation location() {
        return location;
    }

    /** JGit's view of it. */
    public Repository jgit() {
        return repository;
    }

    /** Whether the execute bit of files counts ({@code core.fileMode}). */
    public boolean fileMode() {
        return setting("filemode", true);
    }

    /** Whether patterns match letters in either case ({@code core.ignoreCase}). */
    public boolean ignoreCase() {
        return setting("ignorecase", false);
    }

    private boolean setting(String name, boolean otherwise) {
        boolean shared = repository.getConfig().getBoolean("core", name, otherwise);
        return workTreeConfig.getBoolean("core", name, shared);
    }

    /** The file with the user's own ignore rules ({@code core.excludesFile}); it may be absent. */
    public Path userExcludes() {
        String own = workTreeConfig.getString("core", null, "excludesfile");
        String set =
                own == null ? repository.getConfig().getString("core", null, "excludesfile") : own;
        if (set != null) {
            return set.startsWith("~/") ? home().resolve(set.substring(2)) : home().resolve(set);
        }
        String xdg = System.getenv("XDG_CONFIG_HOME");
        Path config = xdg == null || xdg.isEmpty() ? home().resolve(".config") : Path.of(xdg);
        return config.resolve("git").resolve("ignore");
    }

    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    /** The commit that HEAD stands at, or null before the first one. */
    public @Nullable ObjectId head() throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        return head == null ? null : head.getObjectId();
    }

    /**
     * The commit that HEAD of another repository stands at, or null when that cannot be told.
     *
     * @param top the top of its working tree
     */
    public static @Nullable ObjectId headOf(Path top) {
        try (ProjectRepository nested = open(top)) {
            return nested.location().workTree().equals(top.toRealPath()) ? nested.head() : null;
        } catch (IOException | GitFailure e) {
            return null;
        }
    }

    /** The hidden refs of checkpoints. */
    public CheckpointRefs checkpoints() {
        return new CheckpointRefs(location, repository);
    }

    /** Begins a pack of new objects. */
    public NewPack newPack() {
        return newPack(objects());
    }

    /**
     * Begins a pack, elsewhere, of objects that the repository does not hold.
     *
     * @param objects the directory of objects that it becomes a part of
     */
    public NewPack newPack(Path objects) {
        return new NewPack(objects, this::has);
    }

    private Path objects() {
        return location.commonDir().resolve("objects");
    }

    /**
     * A view of the repository that finds objects elsewhere too. Whoever asks for it closes it.
     *
     * @param objects another directory of objects, without alternates of its own
     */
    public Repository jgitWith(Path objects) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(location.gitDir().toFile())
                .setWorkTree(location.workTree().toFile())
                .setObjectDirectory(objects.toFile())
                .addAlternateObjectDirectory(objects().toFile())
                .setMustExist(true)
                .build();
    }

    private boolean has(ObjectId id) {
        try {
            return repository.getObjectDatabase().has(id);
        } catch (IOException e) {
            // A pack that cannot be read gives nothing; the object is written once more.
            return false;
        }
    }

    /** The user's index. */
    public Path index() {
        return location.gitDir().resolve("index");
    }

    @Override
    public void close() {
        repository.close();
    }
}
