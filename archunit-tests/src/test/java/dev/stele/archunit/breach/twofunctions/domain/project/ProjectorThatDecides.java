package dev.stele.archunit.breach.twofunctions.domain.project;

import dev.stele.archunit.breach.twofunctions.domain.decide.DeciderThatProjects;

public class ProjectorThatDecides {
    public static String project(String event) {
        return event.isEmpty() ? DeciderThatProjects.decide(event) : event;
    }
}
