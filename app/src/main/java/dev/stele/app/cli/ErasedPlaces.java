package dev.stele.app.cli;

import dev.stele.domain.port.CheckpointErasureReport.Held;
import dev.stele.domain.port.CheckpointErasureReport.Place;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where checkpoints hold a text, for people and as JSON. */
final class ErasedPlaces {

    private ErasedPlaces() {}

    static void print(Place place, Console console) {
        String directory = SafeText.of(place.directory());
        console.line("checkpoints in " + directory);
        for (Held held : place.held()) {
            console.line("  " + held.ref() + "  " + paths(held));
        }
        if (!place.users().isEmpty()) {
            console.note(
                    "The text is also in commits of yours, which stay: "
                            + SafeText.of(LogEraseCommand.some(place.users())));
        }
        if (!place.files().isEmpty()) {
            console.note(
                    "These files of "
                            + directory
                            + " hold the text now, and the next checkpoint would hold it again: "
                            + SafeText.of(LogEraseCommand.some(place.files())));
        }
        if (place.failure() != null) {
            console.note(directory + ": " + SafeText.of(place.failure()));
        }
    }

    private static String paths(Held held) {
        return held.paths().isEmpty()
                ? "(what it says of itself)"
                : SafeText.of(LogEraseCommand.some(held.paths()));
    }

    static ObjectNode value(Place place) {
        ObjectNode value =
                LogJson.object()
                        .put("directory", place.directory())
                        .put("failure", place.failure());
        ArrayNode held = value.putArray("held");
        for (Held checkpoint : place.held()) {
            ObjectNode one = held.addObject().put("ref", checkpoint.ref());
            ArrayNode paths = one.putArray("paths");
            checkpoint.paths().forEach(paths::add);
        }
        ArrayNode users = value.putArray("users");
        place.users().forEach(users::add);
        ArrayNode files = value.putArray("files");
        place.files().forEach(files::add);
        return value;
    }
}
