package dev.stele.archunit.breach.shippedkit.domain.tck;

public record MemoryStore(String name) {}
