package dev.stele.git.reactor;

import dev.stele.git.capture.StopSign;

/**
 * One piece of work that the model asks for.
 *
 * @param key names it: the same work has the same key in every model that asks for it
 * @param action does it
 */
record Job(String key, Action action) {

    /** Does a piece of work and reports what came of it. */
    interface Action {

        /**
         * Does it.
         *
         * @param stop raised when the model no longer asks for it, or when the reactor closes
         * @throws InterruptedException when the reactor closes and will wait no longer
         */
        void run(StopSign stop) throws InterruptedException;
    }
}
