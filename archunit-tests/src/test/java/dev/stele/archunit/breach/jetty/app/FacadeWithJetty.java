package dev.stele.archunit.breach.jetty.app;

import org.eclipse.jetty.server.Connector;

record FacadeWithJetty(Connector connector) {}
