package dev.stele.git.repository;

import dev.stele.domain.model.GitHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The open repository of a project, for one piece of work. JGit's view of it may be an older one,
 * see {@link KeptRepositories}: what it remembers serves to read, and never to tell that something
 * needs not be written. For one thread at a time.
 */
public final class ProjectRepository implements AutoCloseable {

    static {
        QuietSystem.install();
    }

    private static final String OBJECTS = "objects";

    private final GitLocation location;
    private final GitLocation store;
    private final RepositoryFormat format;
    private final Views views;
    private final Repository repository;

    /** Read once: asking JGit for it makes it look at all files of the configuration again. */
    private final Config config;

    private final Config workTreeConfig;
    private final @Nullable Path earlier;

    /** Opened when it is first asked what the repository holds. */
    private @Nullable Repository fresh;

    /**
     * @param location where the project lies
     * @param store where its checkpoints are kept: the same, or a repository of Stele's own
     */
    private ProjectRepository(
            GitLocation location,
            GitLocation store,
            RepositoryFormat format,
            Views views,
            Repository repository,
            Config workTreeConfig,
            @Nullable Path earlier) {
        this.location = location;
        this.store = store;
        this.format = format;
        this.views = views;
        this.repository = repository;
        this.config = repository.getConfig();
        this.workTreeConfig = workTreeConfig;
        this.earlier = earlier;
    }

    /**
     * Opens the user's repository of a project.
     *
     * @param location where it is
     * @throws GitFailure when it cannot be worked with
     */
    public static ProjectRepository open(GitLocation location) {
        return open(location, location, format(location), null, Views.NEW);
    }

    /**
     * Opens a repository.
     *
     * @param location where the project lies
     * @param store where its checkpoints are kept: there, or in a repository of Stele's own
     * @param format what the first one's configuration says
     * @param earlier the git directory of Stele's own that held the project's checkpoints before
     *     there was this one, if any
     * @param views give JGit's view of the second one
     */
    static ProjectRepository open(
            GitLocation location,
            GitLocation store,
            RepositoryFormat format,
            @Nullable Path earlier,
            Views views) {
        try {
            if (format.isForeign() && store.equals(location)) {
                throw new GitFailure(
                        "The repository "
                                + location.commonDir()
                                + " has a format in which Stele keeps nothing.");
            }
            Config workTreeConfig =
                    format.config().getBoolean("extensions", "worktreeconfig", false)
                            ? RepositoryFormat.parse(location.gitDir().resolve("config.worktree"))
                            : new Config();
            requireOwnWorkTree(location, format.config(), workTreeConfig);
            return new ProjectRepository(
                    location, store, format, views, views.open(store), workTreeConfig, earlier);
        } catch (IOException e) {
            throw unreadable(location, e);
        }
    }

    /**
     * Whether a repository has a format that the user's git knows, but in which nothing of Stele's
     * can be kept.
     *
     * @throws GitFailure when nobody knows its format
     */
    public static boolean isForeign(GitLocation location) {
        return format(location).isForeign();
    }

    /**
     * What a repository's configuration says of its format.
     *
     * @throws GitFailure when nobody knows it
     */
    static RepositoryFormat format(GitLocation location) {
        try {
            return RepositoryFormat.read(location);
        } catch (IOException e) {
            throw unreadable(location, e);
        }
    }

    private static GitFailure unreadable(GitLocation location, IOException e) {
        return new GitFailure(
                "The repository " + location.commonDir() + " cannot be opened: " + e.getMessage(),
                e);
    }

    /** Git would look at other files than those around its directory, and tell of others. */
    private static void requireOwnWorkTree(GitLocation location, Config own, Config workTreeConfig)
            throws IOException {
        String special = workTreeConfig.getString("core", null, "worktree");
        String shared = location.isLinked() ? null : own.getString("core", null, "worktree");
        String set = special == null ? shared : special;
        if (set == null) {
            return;
        }
        Path top = location.gitDir().resolve(set).normalize();
        if (!Files.isDirectory(top) || !Files.isSameFile(top, location.workTree())) {
            throw new GitFailure(
                    "The repository "
                            + location.gitDir()
                            + " has its working tree elsewhere, in "
                            + top
                            + "; choose a project there, or unset core.worktree.");
        }
    }

    /** Opens a repository as it is now. */
    static Repository opened(GitLocation location) throws IOException {
        return builder(location).build();
    }

    /** Both directories are given: what JGit guesses is wrong for a separate git directory. */
    private static FileRepositoryBuilder builder(GitLocation location) {
        return new FileRepositoryBuilder()
                .setGitDir(location.gitDir().toFile())
                .setWorkTree(location.workTree().toFile())
                .setMustExist(true);
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

    /** Whether checkpoints are kept in a repository of Stele's own, for the format of this one. */
    public boolean isForeign() {
        return format.isForeign();
    }

    /** How many bytes the ids in its index have. */
    public int idLength() {
        return format.idLength();
    }

    private boolean setting(String name, boolean otherwise) {
        boolean users = config.getBoolean("core", name, otherwise);
        boolean shared = format.config().getBoolean("core", name, users);
        return workTreeConfig.getBoolean("core", name, shared);
    }

    /** The file with the user's own ignore rules ({@code core.excludesFile}); it may be absent. */
    public Path userExcludes() {
        String set = workTreeConfig.getString("core", null, "excludesfile");
        for (Config next : List.of(format.config(), config)) {
            set = set == null ? next.getString("core", null, "excludesfile") : set;
        }
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

    /** The commit that HEAD stands at, or null before the first one, and where it is foreign. */
    public @Nullable ObjectId head() throws IOException {
        if (isForeign()) {
            return null;
        }
        Ref head = repository.exactRef(Constants.HEAD);
        return head == null ? null : head.getObjectId();
    }

    /** Where HEAD stands, or null where there is none, or where it is foreign. */
    public @Nullable GitHead whereHeadIs() throws IOException {
        Ref head = isForeign() || isOwn() ? null : repository.exactRef(Constants.HEAD);
        if (head == null) {
            return null;
        }
        ObjectId commit = head.getObjectId();
        return new GitHead(head.getLeaf().getName(), commit == null ? null : commit.name());
    }

    /** Whether the project is in no repository, and this one of Stele's own stands in for it. */
    private boolean isOwn() {
        return Files.notExists(location.workTree().resolve(Constants.DOT_GIT));
    }

    /**
     * The commit that HEAD of another repository stands at, or null when that cannot be told.
     *
     * @param top the top of its working tree
     */
    public static @Nullable ObjectId headOf(Path top) {
        try (ProjectRepository nested = open(GitLocation.find(top))) {
            return nested.location().workTree().equals(top.toRealPath()) ? nested.head() : null;
        } catch (IOException | GitFailure e) {
            return null;
        }
    }

    /** The hidden refs of checkpoints. */
    public CheckpointRefs checkpoints() {
        return new CheckpointRefs(store, repository);
    }

    /**
     * Makes objects part of the repository, and a ref to one of them. All of it is on the disk when
     * this returns, and the ref never before the objects.
     *
     * @param pack the objects
     * @param ref of a checkpoint, which is not there
     * @param commit what it will hold
     */
    public void publish(NewPack pack, String ref, ObjectId commit) throws IOException {
        try (NewRef made = checkpoints().begin(ref, commit)) {
            Path file = pack.finish(made);
            if (repository.getObjectDatabase() instanceof ObjectDirectory objects) {
                // JGit would look at each pack again to find it.
                objects.openPack(file.toFile());
            }
        }
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
        return store.commonDir().resolve(OBJECTS);
    }

    /**
     * What a checkpoint's ref holds, also one from before there was this repository; or null.
     *
     * @param ref its name
     */
    public @Nullable ObjectId checkpoint(String ref) throws IOException {
        ObjectId here = checkpoints().find(ref);
        if (here != null || earlier == null) {
            return here;
        }
        try (Repository before =
                builder(GitLocation.separate(location.directory(), earlier)).build()) {
            Ref found = before.exactRef(ref);
            return found == null ? null : found.getObjectId();
        }
    }

    /**
     * Reads what {@link #checkpoint} finds, and all else. Whoever asks for it closes it.
     *
     * @param more other directories of objects, without alternates of their own
     */
    public HeldObjects heldObjects(Path... more) throws IOException {
        List<Path> others = new ArrayList<>(List.of(more));
        if (earlier != null) {
            others.add(earlier.resolve(OBJECTS));
        }
        if (others.isEmpty()) {
            views.refresh(store);
            return new HeldObjects(repository.newObjectReader(), null);
        }
        // The first directory's own alternates would not be looked at.
        var builder = builder(store).setObjectDirectory(others.removeFirst().toFile());
        others.forEach(other -> builder.addAlternateObjectDirectory(other.toFile()));
        builder.addAlternateObjectDirectory(objects().toFile());
        Repository all = builder.build();
        return new HeldObjects(all.newObjectReader(), all);
    }

    /** What an older view of the repository holds may have been collected. */
    private synchronized boolean has(ObjectId id) {
        try {
            Repository now = fresh;
            if (now == null) {
                now = opened(store);
                fresh = now;
            }
            return now.getObjectDatabase().has(id);
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
    public synchronized void close() {
        if (fresh != null) {
            fresh.close();
        }
        repository.close();
    }
}
