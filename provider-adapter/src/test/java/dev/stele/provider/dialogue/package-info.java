@NullMarked
package dev.stele.provider.dialogue;

import org.jspecify.annotations.NullMarked;
