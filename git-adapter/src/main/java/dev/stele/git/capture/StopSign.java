package dev.stele.git.capture;

/** Asks long work to stop soon. Thread-safe; once raised it stays up. */
public class StopSign {

    private volatile boolean raised;

    /** Asks to stop. */
    public void raise() {
        raised = true;
    }

    /** Whether it is up. */
    public boolean isRaised() {
        return raised;
    }

    /**
     * A point at which work can stop without leaving anything behind.
     *
     * @throws Stopped when the sign is up
     */
    public void check() {
        if (raised) {
            throw new Stopped();
        }
    }

    /** The work stopped as it was asked to; it can be done again from the start. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("The work was stopped.");
        }
    }
}
