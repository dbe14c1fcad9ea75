package dev.stele.app.live.model;

/** What the model wants done, before it is known which tools there are. Paths are relative. */
sealed interface Deed {

    /** Look into a file. */
    record ReadFile(String path) implements Deed {}

    /** Put a line in the place of another. */
    record EditFile(String path, String oldLine, String newLine) implements Deed {}

    /** Run a command in a shell. */
    record RunCommand(String command) implements Deed {}
}
