/**
 * A session with an agent, whatever protocol it speaks: {@link
 * dev.stele.provider.session.AgentSession} joins a process, its connection and a {@link
 * dev.stele.provider.session.Protocol}. What the protocols have in common stands here too: words,
 * questions, tool calls, failures.
 */
@NullMarked
package dev.stele.provider.session;

import org.jspecify.annotations.NullMarked;
