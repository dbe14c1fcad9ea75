package dev.stele.archunit.breach.unmarked.app;

record ClassInAnUnmarkedPackage(String name) {}
