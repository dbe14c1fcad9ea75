package dev.stele.archunit.breach.pureport.domain.decide;

import dev.stele.archunit.breach.pureport.domain.port.Store;

class DeciderThatReadsTheStore {
    long decide(Store store) {
        return store.head();
    }
}
