package dev.stele.app;

import dev.stele.contracts.MessageContent.Image;
import dev.stele.contracts.MessageContent.Resource;
import dev.stele.contracts.MessageContent.ResourceLink;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Message;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.MessagePage;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Origin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a turn's agent told of the files that it changed, laid over what has changed. */
final class TurnReports {
    private static final int PAGE = 200;

    private final Path directory;

    /** The calls by their ids, as they were told last. */
    private final Map<String, Told> calls = new HashMap<>();

    /**
     * Reads what was told.
     *
     * @param directory the project's directory
     */
    TurnReports(EventFeed feed, TurnId turnId, String directory) {
        this.directory = Path.of(directory);
        int next = 0;
        MessagePage page;
        do {
            page = feed.messages(turnId, next, PAGE);
            page.messages().forEach(this::hear);
            next += page.messages().size();
        } while (!page.messages().isEmpty() && next < page.total());
    }

    /** What is known of a call, of which nothing is kept but what files can be known by. */
    private static final class Told {
        private @Nullable ToolKind kind;
        private boolean rejected;
        private final Set<String> places = new HashSet<>();
        private final Map<String, Set<String>> lines = new HashMap<>();

        /** Whether it may have changed files that it does not name. */
        boolean mayChangeAnything() {
            if (rejected) {
                return false;
            }
            return switch (kind) {
                case READ, SEARCH, THINK, FETCH, SWITCH_MODE -> false;
                case EDIT, DELETE, MOVE -> places.isEmpty() && lines.isEmpty();
                case EXECUTE, OTHER -> true;
                case null -> lines.isEmpty();
            };
        }

        /** Whether it says that it changes the files that it names. */
        boolean changesItsPlaces() {
            return kind == ToolKind.EDIT || kind == ToolKind.DELETE || kind == ToolKind.MOVE;
        }
    }

    private void hear(Message message) {
        if (!(message.body() instanceof Message.Body.Whole(var content))) {
            return;
        }
        switch (content) {
            case ToolCall call -> {
                Told told = told(call.id());
                told.kind = call.kind();
                if (call.locations() != null) {
                    call.locations().forEach(place -> add(told, place));
                }
                if (call.content() != null) {
                    call.content().forEach(output -> add(told, output));
                }
            }
            case ToolResult result -> {
                Told told = told(result.toolCallId());
                told.rejected = result.outcome() == ToolOutcome.REJECTED;
                result.content().forEach(output -> add(told, output));
            }
            case Text _, ThinkingBlock _, Image _, Resource _, ResourceLink _ -> {}
        }
    }

    private Told told(String id) {
        return calls.computeIfAbsent(id, _ -> new Told());
    }

    private void add(Told told, ToolLocation place) {
        String path = inProject(place.path());
        if (path != null) {
            told.places.add(path);
        }
    }

    private void add(Told told, ToolOutput output) {
        if (output instanceof ToolOutput.Diff(var name, _, var text)) {
            String path = inProject(name);
            if (path != null) {
                Set<String> lines = told.lines.computeIfAbsent(path, _ -> new HashSet<>());
                text.lines().map(String::strip).forEach(lines::add);
            }
        }
    }

    /** A path as an agent names it, from the top of the project; null when it is outside. */
    private @Nullable String inProject(String name) {
        try {
            Path path = directory.resolve(name).normalize();
            if (!path.startsWith(directory)) {
                Path folder = path.getParent();
                path = folder == null ? path : folder.toRealPath().resolve(path.getFileName());
            }
            return path.startsWith(directory) ? directory.relativize(path).toString() : null;
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }

    /** The same diff, with who changed each file. */
    TreeDiff label(TreeDiff diff) {
        boolean anything = calls.values().stream().anyMatch(Told::mayChangeAnything);
        List<FileDiff> files =
                diff.files().stream().map(file -> file.withOrigin(origin(file, anything))).toList();
        return new TreeDiff(files, diff.headMove());
    }

    private Origin origin(FileDiff file, boolean anything) {
        boolean told = false;
        boolean whole = false;
        Set<String> lines = new HashSet<>();
        for (Told call : calls.values()) {
            if (call.rejected) {
                continue;
            }
            Set<String> shown = new HashSet<>();
            addIfThere(call.lines.get(file.path()), shown);
            if (file.oldPath() != null) {
                addIfThere(call.lines.get(file.oldPath()), shown);
            }
            boolean named = call.changesItsPlaces() && names(call, file);
            told = told || named || !shown.isEmpty();
            whole = whole || (named && shown.isEmpty());
            lines.addAll(shown);
        }
        if (!told) {
            return file.origin() != null
                    ? file.origin()
                    : anything ? Origin.UNCLEAR : Origin.OTHERS;
        }
        return whole || onlyHas(lines, file) ? Origin.AGENT : Origin.AGENT_AND_MORE;
    }

    private static boolean names(Told call, FileDiff file) {
        return call.places.contains(file.path())
                || (file.oldPath() != null && call.places.contains(file.oldPath()));
    }

    private static void addIfThere(@Nullable Set<String> some, Set<String> all) {
        if (some != null) {
            all.addAll(some);
            all.add(""); // blank lines tell nobody from anybody
        }
    }

    /** Whether all lines that came are among some. */
    private static boolean onlyHas(Set<String> lines, FileDiff file) {
        boolean head = true;
        for (String line : file.patch().split("\n", -1)) {
            head = head && !line.startsWith("@@");
            if (!head && line.startsWith("+") && !lines.contains(line.substring(1).strip())) {
                return false;
            }
        }
        return true;
    }
}
