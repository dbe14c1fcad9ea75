package dev.stele.git.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Cuts what a program prints into lines, also those that it overwrites by going back to their
 * start. For one thread.
 */
final class LineSplitter {

    /** Longer lines are no words for people. */
    private static final int MOST = 1 << 12;

    private final LineListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(LineListener listener) {
        this.listener = listener;
    }

    /** Some more was printed. */
    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            switch (bytes[i]) {
                case '\r' -> end(true);
                case '\n' -> end(false);
                default -> {
                    if (line.size() < MOST) {
                        line.write(bytes[i]);
                    }
                }
            }
        }
    }

    private void end(boolean passing) {
        String text = line.toString(UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            listener.told(GitRun.withoutSecrets(text), passing);
        }
    }
}
