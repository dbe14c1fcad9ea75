package dev.stele.app.cli;

import dev.stele.contracts.MessageContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that go to the agent with a prompt: images as such, others as resources. */
final class Attachments {
    private static final long LARGEST = 10L << 20;

    private static final Map<String, String> IMAGES =
            Map.of(
                    "png", "image/png",
                    "jpg", "image/jpeg",
                    "jpeg", "image/jpeg",
                    "gif", "image/gif",
                    "webp", "image/webp");

    private Attachments() {}

    /** A file cannot be attached; the message says why, for people. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * A prompt with files.
     *
     * @param prompt its words
     * @param files what goes with them, in their order
     * @return its blocks, the words first
     * @throws Unusable when one cannot be read, or is larger than 10 MiB
     */
    static List<MessageContent> blocks(String prompt, List<Path> files) throws Unusable {
        var blocks = new ArrayList<MessageContent>();
        blocks.add(new MessageContent.Text(prompt));
        for (Path file : files) {
            blocks.add(block(file.toAbsolutePath().normalize()));
        }
        return blocks;
    }

    private static MessageContent block(Path file) throws Unusable {
        if (!Files.isRegularFile(file)) {
            throw new Unusable("There is no file %s to attach.".formatted(file));
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new Unusable(
                        "The file %s is larger than 10 MiB: name its path in the prompt instead."
                                .formatted(file));
            }
            return block(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unusable("The file %s cannot be read (%s).".formatted(file, e));
        }
    }

    private static MessageContent block(Path file, byte[] bytes) {
        String uri = file.toUri().toString();
        String image = IMAGES.get(ending(file));
        if (image != null) {
            return new MessageContent.Image(image, base64(bytes), uri);
        }
        String text = text(bytes);
        return text == null
                ? new MessageContent.Resource(uri, null, null, base64(bytes))
                : new MessageContent.Resource(uri, "text/plain", text, null);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The text that the bytes are in UTF-8, or null. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
