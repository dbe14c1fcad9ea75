/**
 * The client side of the Agent Client Protocol, version 1. What agents say is turned into provider
 * events in one place, {@link dev.stele.provider.acp.Normaliser}; how agents differ is known there
 * and nowhere else.
 */
@NullMarked
package dev.stele.provider.acp;

import org.jspecify.annotations.NullMarked;
