/** What reactors of this module have in common. */
@NullMarked
package dev.stele.app.react;

import org.jspecify.annotations.NullMarked;
