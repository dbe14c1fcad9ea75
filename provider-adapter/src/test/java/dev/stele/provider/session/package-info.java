/** Tests of what the protocols have in common. */
@NullMarked
package dev.stele.provider.session;

import org.jspecify.annotations.NullMarked;
