package dev.stele.git.program;

/** Hears what a program says, line by line, while it runs. */
@FunctionalInterface
public interface LineListener {

    /**
     * A line is whole.
     *
     * @param line the line, without secrets
     * @param passing whether the next one takes its place
     */
    void told(String line, boolean passing);
}
