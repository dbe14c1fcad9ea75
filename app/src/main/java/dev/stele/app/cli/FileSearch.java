package dev.stele.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.model.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a text in files as their bytes are, of whatever size. */
final class FileSearch {

    private static final int PIECE = 1 << 20;

    private final List<String> forms;
    private final int longest;

    FileSearch(SecretText secret) {
        // Bytes as characters: what is looked for may begin anywhere.
        forms =
                secret.forms().stream()
                        .map(form -> new String(form.getBytes(UTF_8), ISO_8859_1))
                        .toList();
        longest = forms.stream().mapToInt(String::length).max().orElse(1);
    }

    /** The files below a folder that hold it. */
    List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(this::isIn).sorted().toList();
        }
    }

    private boolean isIn(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String end = "";
            for (byte[] piece = in.readNBytes(PIECE);
                    piece.length > 0;
                    piece = in.readNBytes(PIECE)) {
                String text = end + new String(piece, ISO_8859_1);
                if (forms.stream().anyMatch(text::contains)) {
                    return true;
                }
                end = text.substring(Math.max(0, text.length() - longest + 1));
            }
            return false;
        } catch (IOException _) {
            return false; // it is gone already, or nobody's to read
        }
    }
}
