package dev.stele.app.embedding;

/** An agent that is a piece of Java. */
@FunctionalInterface
public interface JavaAgent {

    /**
     * Does what the prompt says. A thread that is interrupted has been told to stop.
     *
     * @param prompt what is asked of it
     * @param talk its way to the people
     */
    void turn(String prompt, Talk talk) throws InterruptedException;

    /** What an agent can do in its turn beside its work. */
    interface Talk {
        /** Says something. */
        void say(String words);

        /** Tells that a tool was used, and what came of it. */
        void tool(String name, String input, String output);

        /** Asks for leave, and waits for the answer. */
        boolean ask(String question) throws InterruptedException;
    }
}
