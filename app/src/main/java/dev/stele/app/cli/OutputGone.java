package dev.stele.app.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results cannot be printed any more: nobody reads them, or there is no room for them. */
final class OutputGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unread;

    /**
     * Results that cannot be printed.
     *
     * @param why what the system says; null when nobody knows
     */
    OutputGone(@Nullable IOException why) {
        super(
                "The output cannot be written: "
                        + (why == null ? "it is closed, or its disk is full" : why.getMessage())
                        + ".",
                why);
        this.unread = why != null && String.valueOf(why.getMessage()).contains("Broken pipe");
    }

    /** Whether the program that read them has ended, as {@code head} does when it has enough. */
    boolean isUnread() {
        return unread;
    }
}
