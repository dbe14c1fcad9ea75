package dev.stele.domain.decide;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import org.jspecify.annotations.Nullable;

/** Checks of single fields: null when all is well, else the refusal. */
final class Fields {

    private Fields() {}

    static @Nullable InvalidInput notBlank(String field, String value) {
        return value.isBlank() ? new InvalidInput(field, "it is blank.") : null;
    }

    /** The first refusal there is, or null. */
    static @Nullable DeciderError first(@Nullable DeciderError... checks) {
        for (DeciderError check : checks) {
            if (check != null) {
                return check;
            }
        }
        return null;
    }
}
