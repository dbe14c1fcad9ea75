package dev.stele.archunit.breach.injectedfield.app.engine;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

class EngineWithAnInjectedField {
    @Inject @Nullable Runnable work;
}
