/** What repositories are like now, for people who choose a branch or a remote. */
@NullMarked
package dev.stele.git.view;

import org.jspecify.annotations.NullMarked;
