package dev.stele.archunit.breach.upward.contracts;

import dev.stele.archunit.breach.upward.domain.Rule;

public record ContractThatKnowsTheDomain(Rule rule) {}
