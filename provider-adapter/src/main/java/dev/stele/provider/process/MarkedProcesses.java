package dev.stele.provider.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The processes that carry a {@link Marker}. Only Linux shows them; elsewhere there are none. */
final class MarkedProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final String PREFIX = Marker.VARIABLE + "=";

    private MarkedProcesses() {}

    /** Those whose marker passes, in no order. */
    static List<ProcessHandle> find(Predicate<Marker> wanted) {
        var found = new ArrayList<ProcessHandle>();
        if (!Files.isReadable(PROC.resolve("self/environ"))) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Marker marker = markerOf(process);
                if (marker != null && wanted.test(marker)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | NumberFormatException _) {
            // What could be seen is found.
        }
        return found;
    }

    private static @Nullable Marker markerOf(Path process) {
        try {
            String environment =
                    new String(
                            Files.readAllBytes(process.resolve("environ")),
                            StandardCharsets.ISO_8859_1);
            for (String entry : environment.split("\0", -1)) {
                if (entry.startsWith(PREFIX)) {
                    return Marker.parse(entry.substring(PREFIX.length()));
                }
            }
        } catch (IOException _) {
            // Gone, or another user's.
        }
        return null;
    }
}
