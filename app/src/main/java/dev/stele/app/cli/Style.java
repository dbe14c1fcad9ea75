package dev.stele.app.cli;

/** A way to show a piece of text, as the codes that terminals know. */
enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    /** Ends every style. */
    static final String END = "\u001b[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text in this style. */
    String apply(String text) {
        return start() + text + END;
    }

    /** What begins the style. */
    String start() {
        return "\u001b[" + code + "m";
    }
}
