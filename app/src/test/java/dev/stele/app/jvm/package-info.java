/** The virtual machines that tests start beside their own. */
@NullMarked
package dev.stele.app.jvm;

import org.jspecify.annotations.NullMarked;
