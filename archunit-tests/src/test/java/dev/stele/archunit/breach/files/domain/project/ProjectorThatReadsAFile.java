package dev.stele.archunit.breach.files.domain.project;

import java.nio.file.Files;
import java.nio.file.Path;

class ProjectorThatReadsAFile {
    boolean project(Path path) {
        return Files.exists(path);
    }
}
