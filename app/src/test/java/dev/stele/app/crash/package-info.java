/** What is left when the process is killed at any moment. */
@NullMarked
package dev.stele.app.crash;

import org.jspecify.annotations.NullMarked;
