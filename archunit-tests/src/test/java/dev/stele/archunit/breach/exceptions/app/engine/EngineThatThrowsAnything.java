package dev.stele.archunit.breach.exceptions.app.engine;

class EngineThatThrowsAnything {
    void start() {
        throw new RuntimeException("something");
    }
}
