package dev.stele.git.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * What a repository's own configuration says of its format. JGit opens repositories of formats that
 * it does not understand and reads wrong ids out of them, so the format is checked before.
 */
final class RepositoryFormat {

    private static final Set<String> HARMLESS =
            Set.of(
                    "noop",
                    "noop-v1",
                    "preciousobjects",
                    "partialclone",
                    "worktreeconfig",
                    "relativeworktrees");

    private RepositoryFormat() {}

    /**
     * Reads and checks it.
     *
     * @throws GitFailure when the format is not supported
     */
    static Config require(GitLocation location) throws IOException {
        Config config = parse(location.commonDir().resolve("config"));
        int version = config.getInt("core", "repositoryformatversion", 0);
        if (version > 1) {
            throw unsupported(location, "its format version is " + version);
        }
        for (String name : config.getNames("extensions")) {
            requireKnown(location, name, config.getString("extensions", null, name), version);
        }
        return config;
    }

    private static void requireKnown(
            GitLocation location, String name, @Nullable String value, int version) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "objectformat" -> requireValue(location, name, value, "sha1");
            case "refstorage" -> requireValue(location, name, value, "files");
            default -> {
                if (version > 0 && !HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
                    throw unsupported(location, "it uses the extension " + name);
                }
            }
        }
    }

    private static void requireValue(
            GitLocation location, String name, @Nullable String value, String supported) {
        if (!supported.equalsIgnoreCase(value)) {
            throw unsupported(location, "its " + name + " is " + value + ", not " + supported);
        }
    }

    private static GitFailure unsupported(GitLocation location, String why) {
        return new GitFailure(
                "The repository "
                        + location.commonDir()
                        + " has a format that Stele cannot work with: "
                        + why
                        + "; clone it into one that has the usual format.");
    }

    /** A configuration file alone, without what it includes; one that is not there is empty. */
    static Config parse(Path file) throws IOException {
        var config = new Config();
        if (Files.notExists(file)) {
            return config;
        }
        try {
            config.fromText(Files.readString(file));
            return config;
        } catch (ConfigInvalidException e) {
            throw new GitFailure(
                    "The configuration " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
