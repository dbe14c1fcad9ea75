package dev.stele.domain.tck;

/**
 * The store in memory keeps the contract; {@link BrokenStoresTest} proves the suite that says so.
 */
class MemoryEventStoreTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        return new MemoryFixture();
    }
}
