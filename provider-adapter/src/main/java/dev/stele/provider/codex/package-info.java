/**
 * The client side of the codex app-server's own protocol, which tells more of failures, changes and
 * usage than its ACP adapter. What it says is turned into provider events in {@link
 * dev.stele.provider.codex.CodexNormaliser}.
 */
@NullMarked
package dev.stele.provider.codex;

import org.jspecify.annotations.NullMarked;
