package dev.stele.provider.codex;

import dev.stele.contracts.ToolOutput;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads codex's changes of files. A new file comes as its text, a deleted one likewise, a changed
 * one as a unified diff: of that, each hunk becomes a piece of the file before and after.
 */
final class Diffs {

    private static final Pattern LINE_END = Pattern.compile("(?<=\n)");

    private Diffs() {}

    /** What a change shows; what cannot be read is kept as it came. */
    static List<ToolOutput> of(JsonNode change) {
        String path = Json.text(change, "path");
        String diff = Json.text(change, "diff");
        String kind = Json.text(change, "kind", "type");
        if (path == null || diff == null || kind == null) {
            return List.of(new ToolOutput.RawOutput(Json.write(change)));
        }
        List<ToolOutput> hunks =
                switch (kind) {
                    case "add" -> List.of(new ToolOutput.Diff(path, null, diff));
                    case "delete" -> List.of(new ToolOutput.Diff(path, diff, ""));
                    default -> hunks(path, diff);
                };
        String movedTo = Json.text(change, "kind", "move_path");
        if (hunks.isEmpty() || movedTo != null) {
            return List.of(new ToolOutput.RawOutput(Json.write(change)));
        }
        return hunks;
    }

    private static List<ToolOutput> hunks(String path, String diff) {
        var hunks = new ArrayList<ToolOutput>();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        boolean inHunk = false;
        for (String line : LINE_END.splitAsStream(diff).toList()) {
            if (line.startsWith("@@")) {
                add(hunks, path, before, after);
                inHunk = true;
            } else if (inHunk && !take(line, before, after)) {
                return List.of();
            }
        }
        add(hunks, path, before, after);
        return hunks;
    }

    private static boolean take(String line, StringBuilder before, StringBuilder after) {
        String rest = line.substring(Math.min(1, line.length()));
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '-' -> before.append(rest);
            case '+' -> after.append(rest);
            case ' ', '\n' -> {
                before.append(line.startsWith("\n") ? line : rest);
                after.append(line.startsWith("\n") ? line : rest);
            }
            case '\\' -> {
                // It says that the last line has no end.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void add(
            List<ToolOutput> hunks,
            @Nullable String path,
            StringBuilder before,
            StringBuilder after) {
        if (path != null && !(before.isEmpty() && after.isEmpty())) {
            hunks.add(new ToolOutput.Diff(path, before.toString(), after.toString()));
        }
        before.setLength(0);
        after.setLength(0);
    }
}
