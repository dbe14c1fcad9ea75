package dev.stele.app.cli;

/** What the command line ends with. The list is part of the interface: {@code stele --help}. */
enum ExitCode {
    /** Done. */
    OK(0, "done"),
    /** What was asked for was tried and failed, or the turn was interrupted. */
    FAILED(1, "the turn or operation failed, or was interrupted"),
    /** What was typed is not right. */
    USAGE(2, "wrong usage or bad input"),
    /** What was named is not there. */
    NOT_FOUND(3, "there is no such thread, turn or checkpoint"),
    /** The log cannot be used: held by another process, not there, not writable. */
    STORE(4, "the log cannot be used"),
    /** A rule of Stele forbids it now. */
    REFUSED(5, "refused: it cannot be done in this state"),
    /** The log is not what was written: changed, cut, replaced, or no log at all. */
    DAMAGED(6, "the log is damaged, or is not the expected one"),
    /** A defect. */
    INTERNAL(70, "a defect in Stele"),
    /** Ctrl-C. */
    INTERRUPTED(130, "interrupted by Ctrl-C"),
    /** The program that read the results has ended. */
    UNREAD(141, "nobody reads the output any more, as behind '| head'");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
