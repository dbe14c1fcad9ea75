package dev.stele.archunit.breach.kitlibrary.domain.tck;

import static org.mockito.Mockito.mock;

class KitWithMocks {
    Runnable fake() {
        return mock(Runnable.class);
    }
}
