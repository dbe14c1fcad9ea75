/** The values that Stele and its adapters exchange. Nothing here does anything. */
@NullMarked
package dev.stele.contracts;

import org.jspecify.annotations.NullMarked;
