package dev.stele.archunit.breach.openfamily.domain.event;

public sealed interface OrchestrationFact {
    record Done() implements OrchestrationFact {}
}
