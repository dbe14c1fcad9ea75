package dev.stele.persistence.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The files that pin the JSON of every kind of value, one value a file. */
final class GoldenFiles {

    /** Set to true, this system property makes the tests write the files that are missing. */
    private static final String WRITE = "stele.golden.write";

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

    private static final JsonMapper PRETTY =
            JsonMapper.builder()
                    .defaultPrettyPrinter(
                            new DefaultPrettyPrinter()
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                    .build();

    private GoldenFiles() {}

    /** The file's content; written first when it is missing and the system property asks for it. */
    static String content(String name, byte[] json) {
        Path file = FOLDER.resolve(name + ".json");
        try {
            if (!Files.exists(file) && Boolean.getBoolean(WRITE)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, pretty(json));
            }
            if (!Files.exists(file)) {
                throw new AssertionError(
                        file
                                + " is missing. A new kind of value gets its file with -D"
                                + WRITE
                                + "=true; look at it, and commit it.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file that no program of today can write. */
    static String written(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same JSON with a line for each field. */
    static String pretty(byte[] json) {
        return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(PRETTY.readTree(json))
                + "\n";
    }

    /** The names of all files of a folder. */
    static Stream<String> names(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files
                    .map(file -> folder + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
