package dev.stele.archunit.breach.process.app;

import java.io.IOException;

class AppThatStartsAProcess {
    Process start() throws IOException {
        return new ProcessBuilder("agent").start();
    }
}
