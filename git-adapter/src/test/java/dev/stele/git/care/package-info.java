@NullMarked
package dev.stele.git.care;

import org.jspecify.annotations.NullMarked;
