package dev.stele.app.server;

import org.jspecify.annotations.Nullable;

/** What this Stele is called. */
final class Version {
    static final String TEXT = text(Version.class.getPackage().getImplementationVersion());

    private Version() {}

    private static String text(@Nullable String packaged) {
        return packaged == null ? "development" : packaged;
    }
}
