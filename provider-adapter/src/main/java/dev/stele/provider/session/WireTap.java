package dev.stele.provider.session;

import org.jspecify.annotations.Nullable;

/** Hears a session's wire, of both directions. Thread-safe; it must not wait for the agent. */
public interface WireTap {

    /** Hears nothing. */
    WireTap NONE =
            new WireTap() {
                @Override
                public void line(boolean ours, String line) {}

                @Override
                public void exited(@Nullable Integer code) {}
            };

    /**
     * A message, in the order of its direction.
     *
     * @param ours whether we say it
     * @param line the message as it stands on the wire, without its line end
     */
    void line(boolean ours, String line);

    /**
     * The agent is gone. May be told more than once.
     *
     * @param code its exit code, if known
     */
    void exited(@Nullable Integer code);
}
