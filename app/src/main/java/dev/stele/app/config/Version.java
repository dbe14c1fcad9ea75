package dev.stele.app.config;

import org.jspecify.annotations.Nullable;

/** Which Stele this is. */
public final class Version {
    /** As the build wrote it into the jar; a word where there is no jar. */
    public static final String TEXT = text(Version.class.getPackage().getImplementationVersion());

    private Version() {}

    private static String text(@Nullable String packaged) {
        return packaged == null ? "development" : packaged;
    }
}
