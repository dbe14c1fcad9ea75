package dev.stele.app.cli;

import dev.stele.app.ProjectDirectory;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Paths as people name them, from where they are, and as a project knows them. */
final class ProjectPaths {

    private ProjectPaths() {}

    /**
     * The same paths from the project, with slashes.
     *
     * @param command whose arguments they are
     * @param project the project's directory
     * @param here where they are named from
     * @throws ParameterException when one of them is not inside the project
     */
    static List<String> inside(CommandSpec command, Path project, Path here, List<Path> paths) {
        Path from = Path.of(ProjectDirectory.resolve(here));
        return paths.stream().map(path -> inside(command, project, from.resolve(path))).toList();
    }

    private static String inside(CommandSpec command, Path project, Path path) {
        Path named = path.normalize();
        if (named.equals(project) || !named.startsWith(project)) {
            throw new ParameterException(
                    command.commandLine(),
                    SafeText.of(path + " is no path inside the project " + project + "."));
        }
        return project.relativize(named).toString().replace(File.separatorChar, '/');
    }
}
