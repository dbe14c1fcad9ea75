/** The reactors: they do in git what the log asks for, and report what came of it. */
@NullMarked
package dev.stele.git.reactor;

import org.jspecify.annotations.NullMarked;
