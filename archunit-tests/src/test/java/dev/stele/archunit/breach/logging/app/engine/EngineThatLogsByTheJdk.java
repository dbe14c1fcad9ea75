package dev.stele.archunit.breach.logging.app.engine;

import java.util.logging.Logger;

record EngineThatLogsByTheJdk(Logger log) {}
