/** The repository of a project: found, checked, opened; its refs and new objects. */
@NullMarked
package dev.stele.git.repository;

import org.jspecify.annotations.NullMarked;
