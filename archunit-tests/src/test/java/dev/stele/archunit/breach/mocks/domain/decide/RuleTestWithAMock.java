package dev.stele.archunit.breach.mocks.domain.decide;

import static org.mockito.Mockito.mock;

class RuleTestWithAMock {
    Runnable fake() {
        return mock(Runnable.class);
    }
}
