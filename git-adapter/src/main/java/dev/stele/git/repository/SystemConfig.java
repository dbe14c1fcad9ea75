package dev.stele.git.repository;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of git for all users of a machine, found without starting git. It lies where
 * git was installed: {@code /etc/gitconfig} for {@code /usr/bin/git}, and {@code etc/gitconfig}
 * beside {@code bin} for every other one.
 */
final class SystemConfig {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    private static final Path USUAL = Path.of("/etc/gitconfig");
    private static final Path USUAL_PLACE = Path.of("/usr");
    private static final Set<String> NO = Set.of("", "0", "false", "no", "off");

    private SystemConfig() {}

    /**
     * The file, which may be absent; null when git is told to read none.
     *
     * @param environment gives the value of a variable, or null
     */
    static @Nullable Path find(UnaryOperator<@Nullable String> environment) {
        String none = environment.apply("GIT_CONFIG_NOSYSTEM");
        if (none != null && !NO.contains(none.toLowerCase(Locale.ROOT))) {
            return null;
        }
        String given = environment.apply("GIT_CONFIG_SYSTEM");
        if (given != null) {
            return Path.of(given);
        }
        return installed(environment.apply("PATH"))
                .map(SystemConfig::besides)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(USUAL);
    }

    private static Path besides(Path git) {
        Path bin = git.getParent();
        Path place = bin == null ? null : bin.getParent();
        return place == null || place.equals(USUAL_PLACE)
                ? USUAL
                : place.resolve("etc").resolve("gitconfig");
    }

    /** The git that a shell would start, by its name in the path and where that leads. */
    private static Stream<Path> installed(@Nullable String path) {
        for (String directory : path == null ? new String[0] : SEPARATOR.split(path)) {
            try {
                Path git = Path.of(directory).resolve("git");
                if (Files.isRegularFile(git) && Files.isExecutable(git)) {
                    return Stream.of(git, git.toRealPath());
                }
            } catch (InvalidPathException | IOException e) {
                // No program is to be found there.
            }
        }
        return Stream.empty();
    }
}
