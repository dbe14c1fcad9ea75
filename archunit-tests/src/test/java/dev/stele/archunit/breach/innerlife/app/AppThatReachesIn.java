package dev.stele.archunit.breach.innerlife.app;

import dev.stele.archunit.breach.innerlife.persistence.sqlite.InnerStore;

record AppThatReachesIn(InnerStore store) {}
