package dev.stele.archunit.breach.shippedkit.app;

import dev.stele.archunit.breach.shippedkit.domain.tck.MemoryStore;

record AppThatUsesAKit(MemoryStore store) {}
