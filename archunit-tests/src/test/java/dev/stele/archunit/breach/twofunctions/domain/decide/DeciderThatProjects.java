package dev.stele.archunit.breach.twofunctions.domain.decide;

import dev.stele.archunit.breach.twofunctions.domain.project.ProjectorThatDecides;

public class DeciderThatProjects {
    public static String decide(String command) {
        return ProjectorThatDecides.project(command);
    }
}
