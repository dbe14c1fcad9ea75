package dev.stele.archunit.breach.jetty.app.cli;

import org.eclipse.jetty.server.Connector;

record CommandWithJetty(Connector connector) {}
