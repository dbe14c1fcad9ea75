/** Tests of the codec, and the golden files that pin its format. */
@NullMarked
package dev.stele.persistence.json;

import org.jspecify.annotations.NullMarked;
