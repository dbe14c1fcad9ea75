/** What machines are told, in one form whoever tells it. */
@NullMarked
package dev.stele.app.report;

import org.jspecify.annotations.NullMarked;
