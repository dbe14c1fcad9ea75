/**
 * What agents may ask of their client in a project's directory, where the deployment offers it:
 * text files, and commands in terminals. Nothing outside the directory is read or written by it.
 */
@NullMarked
package dev.stele.provider.client;

import org.jspecify.annotations.NullMarked;
