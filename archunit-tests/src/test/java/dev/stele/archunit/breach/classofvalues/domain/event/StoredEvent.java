package dev.stele.archunit.breach.classofvalues.domain.event;

class StoredEvent {
    private final long sequence = 1;

    long sequence() {
        return sequence;
    }
}
