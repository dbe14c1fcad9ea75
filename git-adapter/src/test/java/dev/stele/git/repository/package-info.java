/** Tests of repositories: where they are, what is read of them, what is written to them. */
@NullMarked
package dev.stele.git.repository;

import org.jspecify.annotations.NullMarked;
