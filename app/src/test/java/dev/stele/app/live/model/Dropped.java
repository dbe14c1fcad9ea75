package dev.stele.app.live.model;

import java.io.IOException;

/** The connection is to break here. */
final class Dropped extends IOException {
    private static final long serialVersionUID = 1;

    Dropped() {
        super("The script lets the connection break here.");
    }
}
