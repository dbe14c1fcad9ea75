package dev.stele.git.index;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The ignore rules that hold at a project's directory before its own: those of the user, of the
 * repository, and of the directories above it.
 *
 * @param rules the rules
 * @param ignored whether they ignore the project's directory itself
 */
public record IgnoreFiles(IgnoreRules rules, boolean ignored) {

    /** The name of the file with the rules of a directory. */
    public static final String NAME = ".gitignore";

    /**
     * Reads them.
     *
     * @param before those of an earlier capture, whose rules are kept when they are still the same
     */
    public static IgnoreFiles above(ProjectRepository repository, @Nullable IgnoreFiles before)
            throws IOException {
        GitLocation location = repository.location();
        IgnoreRules rules =
                IgnoreRules.none(repository.ignoreCase())
                        .with("", content(repository.userExcludes()))
                        .with("", content(location.commonDir().resolve("info/exclude")));
        boolean ignored = false;
        Path directory = location.workTree();
        int start = 0;
        String prefix = location.prefix();
        for (int slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', start)) {
            rules = rules.with(prefix.substring(0, start), own(directory));
            ignored |= rules.ignores(prefix.substring(0, slash), true);
            directory = RawNames.resolve(directory, prefix.substring(start, slash));
            start = slash + 1;
        }
        return before != null && before.rules.isSameAs(rules)
                ? new IgnoreFiles(before.rules, ignored)
                : new IgnoreFiles(rules, ignored);
    }

    /** Git follows no link to an ignore file. */
    private static String own(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        return Files.isSymbolicLink(file) ? "" : content(file);
    }

    /** A file that cannot be read has no rules, as in git. */
    private static String content(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? RawNames.raw(Files.readAllBytes(file)) : "";
        } catch (AccessDeniedException | NoSuchFileException e) {
            return "";
        }
    }
}
