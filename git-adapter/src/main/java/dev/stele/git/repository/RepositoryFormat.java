package dev.stele.git.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * What a repository's own configuration says of its format. JGit opens repositories of formats that
 * it does not understand and reads wrong ids out of them, so the format is checked before.
 *
 * @param config the configuration file
 * @param isForeign whether nothing of Stele's can be kept in it, although its files can be captured
 * @param idLength how many bytes its ids have
 */
record RepositoryFormat(Config config, boolean isForeign, int idLength) {

    private static final int SHA1 = 20;
    private static final int SHA256 = 32;

    private static final Set<String> HARMLESS =
            Set.of(
                    "noop",
                    "noop-v1",
                    "preciousobjects",
                    "partialclone",
                    "worktreeconfig",
                    "relativeworktrees");

    /**
     * Reads and checks it.
     *
     * @throws GitFailure when nobody knows the format
     */
    static RepositoryFormat read(GitLocation location) throws IOException {
        Config config = parse(location.commonDir().resolve("config"));
        int version = config.getInt("core", "repositoryformatversion", 0);
        if (version > 1) {
            throw unsupported(location, "its format version is " + version);
        }
        for (String name : config.getNames("extensions")) {
            requireKnown(location, name, value(config, name), version);
        }
        boolean sha256 = "sha256".equals(value(config, "objectformat"));
        boolean reftable = "reftable".equals(value(config, "refstorage"));
        return new RepositoryFormat(config, sha256 || reftable, sha256 ? SHA256 : SHA1);
    }

    /** Whether the configuration has parts in other files. */
    boolean includes() {
        return config.getSections().stream()
                .anyMatch(section -> section.toLowerCase(Locale.ROOT).startsWith("include"));
    }

    private static String value(Config config, String name) {
        String value = config.getString("extensions", null, name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }

    private static void requireKnown(GitLocation location, String name, String value, int version) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "objectformat" -> requireValue(location, name, value, Set.of("sha1", "sha256"));
            case "refstorage" -> requireValue(location, name, value, Set.of("files", "reftable"));
            default -> {
                if (version > 0 && !HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
                    throw unsupported(location, "it uses the extension " + name);
                }
            }
        }
    }

    private static void requireValue(
            GitLocation location, String name, String value, Set<String> supported) {
        if (!supported.contains(value)) {
            throw unsupported(location, "its " + name + " is " + value);
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
        return parse(file, Files.exists(file) ? Files.readString(file) : "");
    }

    private static Config parse(Path file, String text) {
        var config = new Config();
        try {
            config.fromText(text);
            return config;
        } catch (ConfigInvalidException e) {
            throw new GitFailure(
                    "The configuration " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
