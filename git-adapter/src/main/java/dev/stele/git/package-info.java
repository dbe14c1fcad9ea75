/** Snapshots and git work on JGit. From outside only the module and its configuration are used. */
@NullMarked
package dev.stele.git;

import org.jspecify.annotations.NullMarked;
