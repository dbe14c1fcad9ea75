package dev.stele.archunit.breach.innerlife.persistence.sqlite;

public record InnerStore(String path) {}
