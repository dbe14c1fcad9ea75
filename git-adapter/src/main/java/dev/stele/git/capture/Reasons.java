package dev.stele.git.capture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Why paths are left out, in a few words. */
final class Reasons {

    static final String NESTED = "it is a repository of its own";
    static final String SUBMODULE = "it is the content of a submodule without its repository";
    static final String SPECIAL = "it is no file, link or directory";
    static final String NAME = "git does not allow this name";

    private Reasons() {}

    static String unreadable(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "it may not be read";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return "it cannot be read: " + (reason == null ? e.getClass().getSimpleName() : reason);
    }

    static String tooLarge(long size, long limit) {
        return "it is untracked, and its " + size + " bytes are over the limit of " + limit;
    }
}
