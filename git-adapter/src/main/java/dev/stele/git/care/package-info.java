/** Looking after hidden refs and what crashes leave behind. */
@NullMarked
package dev.stele.git.care;

import org.jspecify.annotations.NullMarked;
