package dev.stele.app.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says; the build writes it into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"stele " + (version == null ? "(not packaged)" : version)};
    }
}
