package dev.stele.domain.tck;

/** The lease in memory keeps the contract; {@link BrokenLeasesTest} proves the suite. */
class MemoryLeaseTest extends WriterLeaseConformance {

    @Override
    protected WriterLeaseFixture newFixture() {
        return new MemoryLeaseFixture();
    }
}
