/** The command line, run as people run it: a process with arguments, output and an exit code. */
@NullMarked
package dev.stele.app.cli;

import org.jspecify.annotations.NullMarked;
