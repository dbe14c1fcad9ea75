package dev.stele.app.approval;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.model.TouchedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a tool call really are: every symbolic link and {@code ..} on the way is
 * followed, as the system would, also where the end of the way does not exist yet.
 */
final class TouchedFiles {
    /** More links on one way go round in circles. */
    private static final int MOST_LINKS = 40;

    private final Path project;

    /**
     * Files as seen from a project.
     *
     * @param project its directory, absolute and canonical
     */
    TouchedFiles(Path project) {
        this.project = project;
    }

    /**
     * What the call tells that it touches; empty when it does not tell. What is no path, or leads
     * nowhere, counts as outside.
     */
    List<TouchedPath> of(@Nullable ToolCall call) {
        Set<String> named = new LinkedHashSet<>();
        if (call != null && call.locations() != null) {
            call.locations().stream().map(ToolLocation::path).forEach(named::add);
        }
        if (call != null && call.content() != null) {
            for (ToolOutput output : call.content()) {
                if (output instanceof ToolOutput.Diff diff) {
                    named.add(diff.path());
                }
            }
        }
        return named.stream().map(this::of).distinct().toList();
    }

    private TouchedPath of(String named) {
        Path real = real(named);
        if (real == null || !real.startsWith(project)) {
            return new TouchedPath(real == null ? named : real.toString(), false);
        }
        var names = new ArrayList<String>();
        project.relativize(real).forEach(name -> names.add(name.toString()));
        return new TouchedPath(String.join("/", names), true);
    }

    /** Null when there is no such way. */
    private @Nullable Path real(String named) {
        try {
            return walk(project.resolve(named));
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }

    private static @Nullable Path walk(Path way) throws IOException {
        Deque<Path> ahead = new ArrayDeque<>();
        way.forEach(ahead::add);
        Path here = way.getRoot();
        int links = 0;
        while (here != null && !ahead.isEmpty()) {
            String name = ahead.pop().toString();
            Path next = here.resolve(name);
            if (name.equals("..")) {
                here = here.getParent() == null ? here : here.getParent();
            } else if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    return null;
                }
                here = followed(Files.readSymbolicLink(next), here, ahead);
            } else if (!name.equals(".") && !name.isEmpty()) {
                here = next;
            }
        }
        return here;
    }

    /** Goes on where a link leads, and from there what was still ahead. */
    private static @Nullable Path followed(Path target, Path from, Deque<Path> ahead) {
        List<Path> names = new ArrayList<>();
        target.forEach(names::add);
        names.reversed().forEach(ahead::push);
        return target.isAbsolute() ? target.getRoot() : from;
    }
}
