package dev.stele.archunit.breach.clock.domain.decide;

import java.time.Instant;

class DeciderWithAClock {
    Instant decide() {
        return Instant.now();
    }
}
