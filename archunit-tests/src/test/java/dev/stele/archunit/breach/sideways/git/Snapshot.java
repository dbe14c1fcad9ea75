package dev.stele.archunit.breach.sideways.git;

public record Snapshot(String ref) {}
