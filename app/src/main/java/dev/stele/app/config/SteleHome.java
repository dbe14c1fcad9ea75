package dev.stele.app.config;

import dev.stele.app.error.FileTrouble;
import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything Stele keeps: the log, the agents' files, the settings.
 *
 * @param root the directory, absolute
 */
public record SteleHome(Path root) {

    /** The environment variable that names another home. */
    public static final String VARIABLE = "STELE_HOME";

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    /** Makes the path absolute. */
    public SteleHome {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * {@return the home of this user on this machine: {@value #VARIABLE} if set, else the usual
     * place}
     */
    public static SteleHome usual() {
        return usual(
                System.getenv(),
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * The home on some machine.
     *
     * @param environment its variables
     * @param system the name of its operating system
     * @param user the user's own directory, where {@code HOME} names no other
     */
    static SteleHome usual(Map<String, String> environment, String system, Path user) {
        Path named = path(environment.get(VARIABLE));
        return new SteleHome(named == null ? usualPlace(environment, system, user) : named);
    }

    private static Path usualPlace(Map<String, String> environment, String system, Path known) {
        String name = system.toLowerCase(Locale.ROOT);
        Path own = name.startsWith("windows") ? null : path(environment.get("HOME"));
        // As shells and git have it; Java goes by the list of users.
        Path user = own == null || !own.isAbsolute() ? known : own;
        if (name.startsWith("windows")) {
            Path local = path(environment.get("LOCALAPPDATA"));
            return (local == null ? user.resolve("AppData").resolve("Local") : local)
                    .resolve("Stele");
        }
        if (name.startsWith("mac")) {
            return user.resolve("Library").resolve("Application Support").resolve("Stele");
        }
        Path data = path(environment.get("XDG_DATA_HOME"));
        // The specification of the variable says that a relative path in it is ignored.
        return (data == null || !data.isAbsolute() ? user.resolve(".local").resolve("share") : data)
                .resolve("stele");
    }

    private static @Nullable Path path(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new SteleException.InvalidHome(
                    "The home directory cannot be at " + text + ": " + e.getReason() + ".", e);
        }
    }

    /** {@return the log} */
    public Path store() {
        return root.resolve("stele.db");
    }

    /** {@return the newest models of logs that are in databases; they may be deleted} */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** {@return what the agents' side keeps: their processes, their output} */
    public Path agents() {
        return root.resolve("agents");
    }

    /** {@return what the git side keeps: journals of restores, indexes of trees} */
    public Path git() {
        return root.resolve("git");
    }

    /** {@return the linked working trees that were made of projects, a folder for each project} */
    public Path worktrees() {
        return root.resolve("worktrees");
    }

    /** {@return the settings; there need not be any} */
    public Path configuration() {
        return root.resolve("config.json");
    }

    /**
     * Makes the directory when it is missing, for its owner alone. It tells git to ignore it, so
     * that a home inside of a project is neither in its status nor in its checkpoints.
     *
     * @return this home
     * @throws SteleException.InvalidHome when that cannot be
     */
    public SteleHome create() {
        try {
            Files.createDirectories(root, ownerOnly());
            ignoredByGit();
            return this;
        } catch (FileAlreadyExistsException e) {
            throw new SteleException.InvalidHome(
                    "The home directory cannot be at "
                            + root
                            + ": a file is in the way. Remove it or set "
                            + VARIABLE
                            + ".",
                    e);
        } catch (IOException e) {
            throw new SteleException.InvalidHome(
                    "The home directory "
                            + root
                            + " cannot be written: "
                            + reason(e)
                            + ". Make it writable or set "
                            + VARIABLE
                            + ".",
                    e);
        }
    }

    /**
     * {@return whether other users of this machine may look into the directory, or write to it} One
     * that Stele makes is its owner's alone.
     */
    public boolean isOpenToOthers() {
        try {
            return isPosix() && !OWNER.containsAll(Files.getPosixFilePermissions(root));
        } catch (IOException e) {
            return false; // then it cannot be looked into at all
        }
    }

    private boolean isPosix() {
        return root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException
                ? "the folder that it is in takes none"
                : FileTrouble.reason(failure);
    }

    private void ignoredByGit() throws IOException {
        Path file = root.resolve(".gitignore");
        if (Files.notExists(file)) {
            Files.writeString(file, "*\n", StandardOpenOption.CREATE);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }
}
