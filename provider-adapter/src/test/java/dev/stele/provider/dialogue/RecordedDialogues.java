package dev.stele.provider.dialogue;

import java.util.stream.Stream;

/** The recordings that there are. */
public final class RecordedDialogues {

    private RecordedDialogues() {}

    /** Their names. */
    public static Stream<String> names() {
        return WireTables.rows().stream().map(WireTables.Row::file).distinct();
    }
}
