/**
 * JSON-RPC 2.0 over a process's standard streams, one message a line. Knows no protocol above it,
 * and uses nothing but Jackson and the JDK, so that the scripted agent speaks through it too.
 */
@NullMarked
package dev.stele.provider.rpc;

import org.jspecify.annotations.NullMarked;
