package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.model.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The bytes of a text that is to be erased, in each of its forms, as UTF-8 and as both kinds of
 * UTF-16. Bytes are handled as strings with one character for each. Immutable.
 */
final class SecretBytes {

    private static final int PIECE = 1 << 20;

    private final List<Form> forms;

    /** What is looked for, and what stands in its place. */
    private record Form(String bytes, String mask) {}

    SecretBytes(SecretText secret) {
        List<Form> all = new ArrayList<>();
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            for (String form : secret.forms()) {
                all.add(new Form(bytes(form, charset), bytes(secret.maskOf(form), charset)));
            }
        }
        all.sort(Comparator.comparingInt((Form form) -> form.bytes().length()).reversed());
        this.forms = List.copyOf(all);
    }

    private static String bytes(String text, Charset charset) {
        return new String(text.getBytes(charset), ISO_8859_1);
    }

    boolean isIn(String bytes) {
        return forms.stream().anyMatch(form -> bytes.contains(form.bytes()));
    }

    /** Whether a stream holds it; of whatever length, and never in memory as a whole. */
    boolean isIn(InputStream stream) throws IOException {
        String end = "";
        for (byte[] piece = stream.readNBytes(PIECE);
                piece.length > 0;
                piece = stream.readNBytes(PIECE)) {
            String bytes = end + new String(piece, ISO_8859_1);
            if (isIn(bytes)) {
                return true;
            }
            end = bytes.substring(Math.max(0, bytes.length() - longest() + 1));
        }
        return false;
    }

    private int longest() {
        return forms.getFirst().bytes().length();
    }

    String masked(String bytes) {
        String masked = bytes;
        for (Form form : forms) {
            masked = masked.replace(form.bytes(), form.mask());
        }
        return masked;
    }
}
