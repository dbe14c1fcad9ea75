package dev.stele.git.trap;

import dev.stele.git.disk.RawNames;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;

/** Changes everything in a working tree that a checkpoint holds, each path in another way. */
final class Mutation {

    private Mutation() {}

    /**
     * Changes what a checkpoint holds, but for ignore files, whose change would be another trap.
     *
     * @param held raw paths
     */
    static void mutate(WorkTree tree, Set<String> held) throws IOException {
        boolean modes = !tree.git().attempt("config", "core.fileMode").output().equals("false\n");
        int number = 0;
        for (Path path : filesOf(tree)) {
            String raw = RawNames.of(tree.root().relativize(path));
            if (held.contains(raw) && !raw.endsWith(".gitignore")) {
                if (raw.endsWith(".ignored")) {
                    // A directory of that name would be ignored, and so stand in the way.
                    editUnseen(path);
                } else {
                    change(path, number++, modes);
                }
            }
        }
        Files.writeString(tree.at("made by an agent"), "made");
        Files.createDirectories(tree.at("also made/deep"));
        Files.writeString(tree.at("also made/deep/file"), "made");
    }

    private static Iterable<Path> filesOf(WorkTree tree) throws IOException {
        try (Stream<Path> walk = Files.walk(tree.root())) {
            return walk.filter(path -> Files.isSymbolicLink(path) || (Files.isRegularFile(path)))
                    .sorted()
                    .toList();
        }
    }

    private static void change(Path path, int number, boolean modes) throws IOException {
        switch (number % 5) {
            case 0 -> editUnseen(path);
            case 1 -> Files.delete(path);
            case 2 -> {
                Files.delete(path);
                Files.createSymbolicLink(path, Path.of("made by an agent"));
            }
            case 3 -> {
                Files.delete(path);
                Files.createDirectory(path);
                Files.writeString(path.resolve("inside"), "a directory now");
            }
            default -> flip(path, modes);
        }
    }

    /** The same size and the same time as before, where that is possible. */
    private static void editUnseen(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Path target = Files.readSymbolicLink(path);
            Files.delete(path);
            Files.createSymbolicLink(path, target.resolveSibling("z".repeat(5)));
            return;
        }
        FileTime time = Files.getLastModifiedTime(path);
        byte[] content = Files.readAllBytes(path);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= 1;
        }
        Files.write(path, content.length == 0 ? new byte[1] : content);
        Files.setLastModifiedTime(path, time);
    }

    private static void flip(Path path, boolean modes) throws IOException {
        if (Files.isSymbolicLink(path) || !modes) {
            Files.delete(path);
            Files.writeString(path, "a file now");
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!permissions.remove(PosixFilePermission.OWNER_EXECUTE)) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
