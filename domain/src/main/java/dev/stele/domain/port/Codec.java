package dev.stele.domain.port;

import dev.stele.domain.command.OrchestrationCommand;
import org.jspecify.annotations.Nullable;

/**
 * Domain values as JSON and back: one codec for the store, exports, servers and {@code --json}. The
 * encoding is canonical: equal values give equal bytes. Thread-safe.
 */
public interface Codec {

    /**
     * {@return the value as JSON in UTF-8, on one line} A variant of a sealed family carries its
     * name in {@code type}; absent fields are left out.
     *
     * @param value a value of contracts or domain
     * @throws IllegalArgumentException when it is of a type that the codec does not know
     */
    byte[] encode(Object value);

    /**
     * {@return the value that the JSON stands for} Unknown fields are ignored.
     *
     * @param type the record, or the sealed family that it belongs to
     * @param json JSON in UTF-8
     * @param <T> the type
     * @throws MalformedJson when it is no such value
     */
    <T> T decode(Class<T> type, byte[] json);

    /**
     * {@return a hash of a command's content that the times stamped by a door do not change, so
     * that a repeat is known as one}
     *
     * @param command the command
     */
    String fingerprint(OrchestrationCommand command);

    /** The JSON is not what was asked for; the message says where and why. */
    final class MalformedJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message a sentence for people: where and why
         * @param cause what was thrown below, if anything
         */
        public MalformedJson(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
