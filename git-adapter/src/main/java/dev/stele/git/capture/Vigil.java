package dev.stele.git.capture;

/**
 * What is known of what happened in a tree since the snapshot before. All paths are raw and start
 * at the project's directory, which is the empty one itself. Thread-safe.
 */
interface Vigil {

    /** Knows nothing, so that everything has to be looked at. */
    Vigil NONE =
            new Vigil() {
                @Override
                public boolean isUntouched(String path) {
                    return false;
                }

                @Override
                public boolean isUntouchedBelow(String path) {
                    return false;
                }

                @Override
                public int touched() {
                    return Integer.MAX_VALUE;
                }

                @Override
                public void enter(String path) {
                    // Nobody looks.
                }
            };

    /** Whether nothing happened to the names in a directory, and to the files of those names. */
    boolean isUntouched(String path);

    /** Whether nothing happened in a directory, and in all directories below it. */
    boolean isUntouchedBelow(String path);

    /** In how many directories something happened, as far as that is known. */
    int touched();

    /** A directory is about to be read: what happens in it from now on counts. */
    void enter(String path);
}
