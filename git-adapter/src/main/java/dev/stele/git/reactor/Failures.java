package dev.stele.git.reactor;

import org.jspecify.annotations.Nullable;

/** Sentences for what nobody expected. */
final class Failures {

    private Failures() {}

    static String unexpected(String what, @Nullable Throwable cause) {
        return "The "
                + what
                + " failed for a reason that Stele did not expect ("
                + cause
                + "); the log of this process tells more.";
    }
}
