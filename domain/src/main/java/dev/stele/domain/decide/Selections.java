package dev.stele.domain.decide;

import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.model.ChangeSelection;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of what may be selected. */
final class Selections {

    /** Parts that no path to something inside a project has. */
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private Selections() {}

    static @Nullable InvalidInput check(String field, @Nullable ChangeSelection selection) {
        return switch (selection) {
            case null -> null;
            case ChangeSelection.Own() -> null;
            case ChangeSelection.All() -> null;
            case ChangeSelection.Paths(var paths) -> paths(field, paths);
        };
    }

    private static @Nullable InvalidInput paths(String field, List<String> paths) {
        return paths.isEmpty()
                ? new InvalidInput(field, "it names no path.")
                : paths.stream()
                        .map(path -> path(field, path))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable InvalidInput path(String field, String path) {
        boolean named = Arrays.stream(path.split("/", -1)).noneMatch(NO_NAMES::contains);
        return named && path.indexOf('\0') < 0
                ? null
                : new InvalidInput(
                        field,
                        "'"
                                + path
                                + "' is no path inside the project; give it relative to the"
                                + " project, without '.' and '..'.");
    }
}
