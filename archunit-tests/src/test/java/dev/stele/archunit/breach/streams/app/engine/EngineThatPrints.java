package dev.stele.archunit.breach.streams.app.engine;

class EngineThatPrints {
    void start() {
        System.out.println("started");
    }
}
