/** Rules that answer an agent's questions in place of a person. */
@NullMarked
package dev.stele.app.approval;

import org.jspecify.annotations.NullMarked;
