package org.eclipse.jetty.server;

/** Stands for the library, which embedders do not get. */
public interface Connector {}
