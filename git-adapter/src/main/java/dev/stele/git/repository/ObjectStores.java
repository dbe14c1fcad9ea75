package dev.stele.git.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The directories that a repository has its objects in, its own and those that it borrows from, as
 * they were at a moment. Immutable.
 *
 * @param stores what was in each of them
 */
record ObjectStores(Map<Path, Store> stores) {

    /** Git follows no more of them, one behind the other. */
    private static final int DEEPEST = 5;

    /**
     * What tells a directory from another one at the same place.
     *
     * @param number the number of the directory, where the file system has such numbers
     * @param made when the directory was made: numbers are given again
     */
    record Identity(@Nullable Object number, FileTime made) {

        private static Identity of(Path objects) throws IOException {
            var attributes = Files.readAttributes(objects, BasicFileAttributes.class);
            return new Identity(attributes.fileKey(), attributes.creationTime());
        }
    }

    /** That of a repository's own objects. */
    static Identity identity(GitLocation location) throws IOException {
        return Identity.of(own(location));
    }

    private static Path own(GitLocation location) {
        return location.commonDir().resolve("objects");
    }

    /**
     * One of them.
     *
     * @param identity tells it from another one
     * @param alternates the file that names those that it borrows from; empty when there is none
     * @param packs the names of the packs and of their indexes
     */
    record Store(Identity identity, String alternates, Set<String> packs) {

        private static Store of(Path objects) throws IOException {
            return new Store(
                    Identity.of(objects),
                    text(objects.resolve("info").resolve("alternates")),
                    packs(objects.resolve("pack")));
        }

        private static String text(Path file) throws IOException {
            return Files.exists(file) ? Files.readString(file, UTF_8) : "";
        }

        private static Set<String> packs(Path directory) {
            String[] names = directory.toFile().list();
            return names == null
                    ? Set.of()
                    : Arrays.stream(names)
                            .filter(name -> name.endsWith(".pack") || name.endsWith(".idx"))
                            .collect(Collectors.toUnmodifiableSet());
        }

        private boolean continues(@Nullable Store before) {
            return before != null
                    && identity.equals(before.identity)
                    && alternates.equals(before.alternates)
                    && packs.containsAll(before.packs);
        }
    }

    /** Those of a repository as they are now. */
    static ObjectStores of(GitLocation location) throws IOException {
        Map<Path, Store> stores = new LinkedHashMap<>();
        collect(own(location), DEEPEST, stores);
        return new ObjectStores(stores);
    }

    private static void collect(Path objects, int deepest, Map<Path, Store> stores)
            throws IOException {
        if (stores.containsKey(objects) || deepest < 0) {
            return;
        }
        try {
            Store store = Store.of(objects);
            stores.put(objects, store);
            for (String line : store.alternates().lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    collect(objects.resolve(line).normalize(), deepest - 1, stores);
                }
            }
        } catch (NoSuchFileException e) {
            // One that is not there lends nothing.
        }
    }

    /**
     * Whether nothing was taken away since an earlier moment, so that what was read then is still
     * true. Packs may have come.
     */
    boolean isContinuationOf(ObjectStores before) {
        return stores.keySet().equals(before.stores.keySet())
                && stores.entrySet().stream()
                        .allMatch(store ->
                                store.getValue().continues(before.stores.get(store.getKey())));
    }
}
