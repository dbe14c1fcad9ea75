package dev.stele.archunit.breach.innerlife.app;

import dev.stele.archunit.breach.innerlife.persistence.RootHelper;

class AppThatUsesARootHelper {
    String start() {
        return RootHelper.help();
    }
}
