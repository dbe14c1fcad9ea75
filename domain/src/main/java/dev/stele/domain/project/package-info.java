/** The projector: facts into the read model. Pure and total. */
@NullMarked
package dev.stele.domain.project;

import org.jspecify.annotations.NullMarked;
