package dev.stele.archunit.breach.upward.domain;

public record Rule(String name) {}
