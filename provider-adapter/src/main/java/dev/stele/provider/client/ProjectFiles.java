package dev.stele.provider.client;

import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text files of a project. Symbolic links are followed before it is asked whether a file lies
 * in the project, so that none leads out of it; nothing below {@code .git} is served.
 */
final class ProjectFiles {
    private static final int NOT_FOUND = -32002;
    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path directory;

    /**
     * The files below a directory.
     *
     * @param directory the project's directory
     */
    ProjectFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * The text of a file, or of some of its lines.
     *
     * @param name its absolute path
     * @param line the first line, from 1, or null for the first
     * @param limit how many lines, or null for all
     */
    String read(String name, @Nullable Integer line, @Nullable Integer limit) throws Refused {
        Path file = inside(name);
        try {
            if (!Files.isRegularFile(file)) {
                throw new Refused(NOT_FOUND, name + " is not there, or is no file");
            }
            if (Files.size(file) > LARGEST) {
                throw new Refused(RpcMessage.INVALID_PARAMS, name + " is larger than 64 MiB");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return line == null && limit == null ? text : lines(text, line, limit);
        } catch (MalformedInputException _) {
            throw new Refused(RpcMessage.INVALID_PARAMS, name + " is no text in UTF-8");
        } catch (IOException e) {
            throw new Refused(RpcMessage.INTERNAL_ERROR, name + " cannot be read: " + e);
        }
    }

    private static String lines(String text, @Nullable Integer line, @Nullable Integer limit) {
        Stream<String> from =
                Stream.of(text.split("(?<=\n)")).skip(line == null ? 0 : Math.max(0, line - 1));
        return (limit == null ? from : from.limit(Math.max(0, limit)))
                .collect(Collectors.joining());
    }

    /**
     * Makes a file's text this one.
     *
     * @param name its absolute path; folders that are not there are made
     * @param text its text
     */
    void write(String name, String text) throws Refused {
        Path file = inside(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Refused(RpcMessage.INTERNAL_ERROR, name + " cannot be written: " + e);
        }
    }

    /** The directory of a command, which is the project's when none is named. */
    Path directory(@Nullable String name) throws Refused {
        Path wanted = name == null ? directory : inside(name);
        if (!Files.isDirectory(wanted)) {
            throw new Refused(NOT_FOUND, name + " is no directory");
        }
        return wanted;
    }

    /** Where a path leads once all links are followed; refused when that is outside. */
    private Path inside(String name) throws Refused {
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute()) {
                throw new Refused(RpcMessage.INVALID_PARAMS, name + " is no absolute path");
            }
            Path real = real(path.normalize());
            Path home = directory.toRealPath();
            if (!real.startsWith(home) || isGits(home.relativize(real))) {
                throw new Refused(
                        RpcMessage.INVALID_PARAMS, name + " is not in the project's directory");
            }
            return real;
        } catch (InvalidPathException | IOException e) {
            throw new Refused(RpcMessage.INVALID_PARAMS, name + " cannot be used: " + e);
        }
    }

    private static boolean isGits(Path relative) {
        return relative.getName(0).toString().equalsIgnoreCase(".git");
    }

    /** Of a path that ends where nothing is yet, its existing part is followed. */
    private static Path real(Path path) throws IOException {
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new NoSuchFileException(path + " is a link that leads nowhere");
        }
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent == null ? path : real(parent).resolve(path.getFileName());
    }
}
