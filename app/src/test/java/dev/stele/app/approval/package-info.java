/** Tests of the rules that answer agents' questions. */
@NullMarked
package dev.stele.app.approval;

import org.jspecify.annotations.NullMarked;
