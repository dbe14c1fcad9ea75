package dev.stele.archunit.breach.injector.app.engine;

import com.google.inject.Injector;

record EngineWithGuice(Injector injector) {}
