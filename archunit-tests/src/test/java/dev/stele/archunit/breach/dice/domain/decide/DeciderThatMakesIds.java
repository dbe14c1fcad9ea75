package dev.stele.archunit.breach.dice.domain.decide;

import java.util.UUID;

class DeciderThatMakesIds {
    UUID decide() {
        return UUID.randomUUID();
    }
}
