/** The command line: what people type, and what they see. */
@NullMarked
package dev.stele.app.cli;

import org.jspecify.annotations.NullMarked;
