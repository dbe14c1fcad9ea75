/**
 * The scripted agent: a real process that speaks the real protocol and plays a script, for trying
 * Stele and for tests. No model is involved. It runs on the jars of this module and of Jackson
 * alone.
 */
@NullMarked
package dev.stele.provider.scripted;

import org.jspecify.annotations.NullMarked;
