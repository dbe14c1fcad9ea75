/**
 * Who changed what: the states that paths went through, and how two people's changes are joined.
 */
@NullMarked
package dev.stele.git.change;

import org.jspecify.annotations.NullMarked;
