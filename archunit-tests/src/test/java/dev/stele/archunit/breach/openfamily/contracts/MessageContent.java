package dev.stele.archunit.breach.openfamily.contracts;

public interface MessageContent {}
