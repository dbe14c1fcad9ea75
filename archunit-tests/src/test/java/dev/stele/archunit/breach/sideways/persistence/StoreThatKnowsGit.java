package dev.stele.archunit.breach.sideways.persistence;

import dev.stele.archunit.breach.sideways.git.Snapshot;

record StoreThatKnowsGit(Snapshot snapshot) {}
