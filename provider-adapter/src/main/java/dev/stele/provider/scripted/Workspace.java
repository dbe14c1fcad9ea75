package dev.stele.provider.scripted;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The directory of a session: nothing outside it is read or written. */
final class Workspace {
    private final Path directory;

    Workspace(Path directory) {
        this.directory = directory.normalize();
    }

    Path directory() {
        return directory;
    }

    /** The file of a path of the script. */
    Path file(String path) throws IOException {
        try {
            Path file = directory.resolve(path).normalize();
            if (!file.startsWith(directory) || !isInside(file)) {
                throw new IOException(path + " is outside the project");
            }
            return file;
        } catch (InvalidPathException _) {
            throw new IOException(path + " is no path");
        }
    }

    /** Symbolic links are followed: what they lead to must be inside as well. */
    private boolean isInside(Path file) throws IOException {
        Path existing = file;
        while (existing != null && !Files.exists(existing)) {
            if (Files.isSymbolicLink(existing)) {
                return false;
            }
            existing = existing.getParent();
        }
        return existing != null && existing.toRealPath().startsWith(directory.toRealPath());
    }

    /** A file's text, or the names in a directory. */
    String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            try (var names = Files.list(file)) {
                return names.map(name -> name.getFileName().toString())
                        .sorted()
                        .collect(Collectors.joining("\n"));
            }
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            throw new IOException(directory.relativize(file) + " is not there");
        } catch (MalformedInputException _) {
            throw new IOException(directory.relativize(file) + " is not text");
        }
    }

    /** A file's text, or null when there is no such file. */
    @Nullable String readIfThere(Path file) throws IOException {
        return Files.exists(file) ? read(file) : null;
    }

    /** The text of a file after a change. */
    static String changed(@Nullable String old, Step.Change change) throws IOException {
        return switch (change) {
            case Step.Change.Write(var content) -> content;
            case Step.Change.Append(var content) -> old == null ? content : old + content;
            case Step.Change.Replace(var part, var replacement) -> {
                int at = old == null ? -1 : old.indexOf(part);
                if (old == null || at < 0) {
                    throw new IOException("the text to replace is not in the file");
                }
                yield old.substring(0, at) + replacement + old.substring(at + part.length());
            }
        };
    }

    void write(Path file, String text) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }
}
