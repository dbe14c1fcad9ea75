package dev.stele.app.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why files could not be read or written, in words for people. Thread-safe. */
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * Why a file could not be read or written.
     *
     * @param failure what the file system said
     * @return a clause without the file's name
     */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "you have no right to it";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
