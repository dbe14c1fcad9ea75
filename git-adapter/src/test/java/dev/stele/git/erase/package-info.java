@NullMarked
package dev.stele.git.erase;

import org.jspecify.annotations.NullMarked;
