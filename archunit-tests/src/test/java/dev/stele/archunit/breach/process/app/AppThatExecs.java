package dev.stele.archunit.breach.process.app;

import java.io.IOException;

class AppThatExecs {
    void start() throws IOException {
        Runtime.getRuntime().exec(new String[] {"agent"});
    }
}
